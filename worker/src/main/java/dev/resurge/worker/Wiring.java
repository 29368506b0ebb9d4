package dev.resurge.worker;

import com.uber.m3.tally.Scope;
import dev.resurge.activities.check.CheckRunner;
import dev.resurge.activities.component.files.FilesDriver;
import dev.resurge.activities.component.files.MachineId;
import dev.resurge.activities.component.postgres.PostgresDriver;
import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.installation.SecretReader;
import dev.resurge.activities.link.AnswerLinks;
import dev.resurge.activities.link.Tickets;
import dev.resurge.activities.notice.Notifier;
import dev.resurge.activities.platform.host.HostPlatform;
import dev.resurge.activities.platform.host.HostShell;
import dev.resurge.activities.platform.host.HostWorkloads;
import dev.resurge.activities.platform.host.ProgramEnvironment;
import dev.resurge.activities.spi.Shell;
import dev.resurge.activities.step.Drivers;
import dev.resurge.activities.step.Site;
import dev.resurge.activities.temporal.TemporalAccess;
import dev.resurge.worker.notice.NoticePages;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.inject.Singleton;
import java.util.List;

/** What is made of what: the only place that knows all technologies. */
@Factory
final class Wiring {
  @Singleton
  ProgramEnvironment environment() {
    return ProgramEnvironment.from(System.getenv());
  }

  /** One for all: what any part has read, no program's words may repeat. */
  @Singleton
  SecretReader secrets() {
    return new SecretReader(System.getenv());
  }

  @Singleton
  @Bean(preDestroy = "close")
  HostShell shell(ProgramEnvironment environment, SecretReader secrets) {
    return new HostShell(environment, secrets::unsaid);
  }

  /** One line for each technology. */
  @Singleton
  Drivers drivers(
      Installation installation, HostShell shell, SecretReader secrets, Surroundings surroundings) {
    return new Drivers(
        List.of(
            new PostgresDriver(shell, secrets::read, surroundings.clock()),
            new FilesDriver(
                shell,
                surroundings.clock(),
                new MachineId(),
                installation.state().resolve("scratch"))));
  }

  @Singleton
  Site site(
      Installation installation,
      Surroundings surroundings,
      Drivers drivers,
      HostShell shell,
      ProgramEnvironment environment) {
    var platform =
        new HostPlatform(shell, new HostWorkloads(shell, environment, installation.state()));
    var signer = Ed25519Signer.read(installation.keys().signing());
    return new Site(
        installation,
        signer,
        Ed25519TrustRoots.of(installation),
        drivers,
        named -> platform,
        surroundings.stores(),
        surroundings.clock(),
        surroundings.version());
  }

  @Singleton
  CheckRunner checks(Installation installation, Shell shell, Drivers drivers) {
    return new CheckRunner(shell, drivers::queryable, installation.state());
  }

  @Singleton
  TemporalAccess access(Installation installation, SecretReader secrets) {
    return new TemporalAccess(installation.temporal(), secrets);
  }

  @Singleton
  WorkflowClient client(TemporalAccess access, Scope metrics) {
    var stubs =
        WorkflowServiceStubs.newServiceStubs(
            access
                .reaching(WorkflowServiceStubsOptions.newBuilder().setMetricsScope(metrics))
                .build());
    return WorkflowClient.newInstance(stubs, access.speaking().build());
  }

  @Singleton
  OwnSignature ownSignature(Installation installation) {
    return OwnSignature.of(installation);
  }

  @Singleton
  Tickets tickets(OwnSignature own, Surroundings surroundings) {
    return new Tickets(own, surroundings.clock());
  }

  @Singleton
  AnswerLinks links(Installation installation, Tickets tickets, Surroundings surroundings) {
    return new AnswerLinks(installation.worker().publicUrl(), tickets, surroundings.clock());
  }

  @Singleton
  Notifier notifier(
      Installation installation,
      SecretReader secrets,
      Surroundings surroundings,
      NoticePages pages) {
    return new Notifier(installation, secrets::read, pages, surroundings.clock());
  }

  @Singleton
  Activities activities(
      Installation installation,
      Site site,
      CheckRunner checks,
      Notifier notifier,
      WorkflowClient client) {
    return Activities.of(installation, site, checks, notifier, client);
  }
}
