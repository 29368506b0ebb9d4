package dev.resurge.activities.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.Ed25519Signer;
import dev.resurge.activities.installation.Ed25519TrustRoots;
import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.InstallationLoader;
import dev.resurge.activities.installation.KeyMaker;
import dev.resurge.activities.installation.OwnSignature;
import dev.resurge.activities.installation.PersonKeys;
import dev.resurge.activities.link.Ticket;
import dev.resurge.activities.link.Vouching;
import dev.resurge.activities.store.filesystem.FilesystemStore;
import dev.resurge.workflows.model.Decision;
import dev.resurge.workflows.model.Decision.Kind;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Person;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.Proof;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.Run;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.Scope;
import dev.resurge.workflows.model.Voucher;
import dev.resurge.workflows.model.Voucher.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose answer it is, for who came by link or login. */
class IdentifyingTest {
  private static final RunId RUN = new RunId("20261121T031500Z-restore-7f2c");
  private static final Instant START = Instant.parse("2026-11-21T03:15:00Z");

  @TempDir Path folder;
  private Instant now = START;
  private Installation installation;
  private Identifying identifying;
  private Vouching vouching;

  @BeforeEach
  void start() throws IOException {
    new KeyMaker(folder.resolve("keys"), () -> START).newInstallation();
    installation =
        new InstallationLoader(
                Map.of("RESURGE_STATE", folder.toString()), folder, folder, folder, () -> "here")
            .load(Optional.empty());
    Files.createDirectories(folder.resolve("store"));
    var signer = Ed25519Signer.read(installation.keys().signing());
    identifying =
        new Identifying(
            PersonKeys.read(Map.of()),
            new Site(
                installation,
                signer,
                Ed25519TrustRoots.of(installation),
                new Drivers(List.of()),
                platform -> {
                  throw new AssertionError("no platform is asked");
                },
                store -> new FilesystemStore(folder.resolve("store")),
                () -> now,
                "test"));
    vouching = new Vouching(OwnSignature.of(installation));
  }

  private Run run(String system, RunId id) {
    var runbook =
        """
        apiVersion: resurge.dev/v1
        kind: Runbook
        metadata: {name: %s}
        spec:
          store: {type: filesystem, path: /nowhere}
          encryption: {unencrypted: a test}
          components: [{type: files, name: files, path: /data/files}]
          writers: none
        """
            .formatted(system);
    return new Run(
        id,
        Procedure.RESTORE,
        system,
        runbook,
        "digest",
        new Person("asker", "test", false),
        Optional.empty(),
        START,
        Optional.empty(),
        Scope.WHOLE);
  }

  private Run run() {
    return run("library", RUN);
  }

  private static Ticket ticket(String person, String nonce) {
    return new Ticket(
        Ticket.Kind.LINK,
        "library",
        RUN,
        "a1b2c3",
        person,
        START.plus(Duration.ofHours(1)),
        nonce,
        "");
  }

  private Decision approval(Channel channel, String comment) {
    return vouching.decision(
        ticket("alice", "nonce"), channel, Kind.APPROVE, Optional.empty(), Optional.of(comment));
  }

  private void assertRefused(Proof proof, String why) {
    assertThat(proof.person().authenticated()).isFalse();
    assertThat(proof.refusal().orElseThrow()).contains(why);
  }

  @Test
  void whatAWorkerVouchesForIsAuthenticated() {
    assertThat(identifying.prove(run(), approval(Channel.LINK, "go")))
        .isEqualTo(Proof.of(new Person("alice", "link", true)));
    var login =
        vouching.decision(
            ticket("bob", "other"), Channel.LOGIN, Kind.REJECT, Optional.empty(), Optional.empty());
    assertThat(identifying.prove(run(), login))
        .isEqualTo(Proof.of(new Person("bob", "login", true)));
  }

  @Test
  void theSameAnswerMayComeAgainButNoOtherByTheSameLink() {
    var first = approval(Channel.LINK, "go");
    identifying.prove(run(), first); // the worker died before it could say so
    assertThat(identifying.prove(run(), first).refusal()).isEmpty();

    assertRefused(identifying.prove(run(), approval(Channel.LINK, "no")), "used already");
    assertRefused(identifying.prove(run(), approval(Channel.LOGIN, "go")), "used already");
    assertThat(identifying.prove(run(), first).refusal()).isEmpty();
  }

  @Test
  void itIsTheFirstThatUsesALinkUpWhicheverWorkerAsks() {
    var answers = new Decision[] {approval(Channel.LINK, "one"), approval(Channel.LINK, "two")};
    var taken =
        List.of(answers).parallelStream()
            .map(answer -> identifying.prove(run(), answer))
            .filter(proof -> proof.refusal().isEmpty())
            .count();
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void whatAnybodyCouldTypeIntoTemporalIsNoProof() {
    var genuine = approval(Channel.LINK, "go");
    var voucher = genuine.voucher().orElseThrow();
    var byMallory =
        new Decision(
            Kind.APPROVE,
            "a1b2c3",
            Optional.empty(),
            "mallory",
            Optional.of("go"),
            Optional.of("link"),
            Optional.empty(),
            Optional.of(voucher));
    var forged =
        List.of(
            byMallory,
            genuine.with(
                new Voucher(
                    Channel.LOGIN, voucher.nonce(), voucher.expires(), voucher.signature())),
            genuine.with(
                new Voucher(Channel.LINK, "another", voucher.expires(), voucher.signature())),
            genuine.with(
                new Voucher(
                    Channel.LINK,
                    voucher.nonce(),
                    voucher.expires().plusSeconds(1),
                    voucher.signature())),
            genuine.with(new Voucher(Channel.LINK, voucher.nonce(), voucher.expires(), "")),
            genuine.with(new Voucher(Channel.LINK, voucher.nonce(), voucher.expires(), "!")));
    for (var decision : forged) {
      assertRefused(identifying.prove(run(), decision), "vouches");
    }
    assertRefused(identifying.prove(run("archive", RUN), genuine), "vouches");
    var other = new RunId("20261121T031500Z-restore-7f2d");
    assertRefused(identifying.prove(run("library", other), genuine), "vouches");
    assertThat(folder.resolve("store/library")).doesNotExist();
  }

  @Test
  void aLinkEndsWithItsTimeUnlessTheAnswerWasTakenBefore() {
    var early = approval(Channel.LINK, "go");
    identifying.prove(run(), early);
    now = START.plus(Duration.ofHours(1));
    assertThat(identifying.prove(run(), early).refusal()).isEmpty();

    var late =
        vouching.decision(
            ticket("alice", "late"),
            Channel.LINK,
            Kind.APPROVE,
            Optional.empty(),
            Optional.empty());
    assertRefused(identifying.prove(run(), late), "expired");
  }

  @Test
  void withoutItsStoreNothingIsAccepted() throws IOException {
    Files.delete(folder.resolve("store"));
    assertThatThrownBy(() -> identifying.prove(run(), approval(Channel.LINK, "go")))
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.STORE_UNAVAILABLE));
  }

  @Test
  void theLinkIsInNothingThatLeavesTheWorker() throws IOException {
    var decision = approval(Channel.LINK, "go");
    identifying.prove(run(), decision);
    try (var files = Files.walk(folder.resolve("store"))) {
      var stored = files.filter(Files::isRegularFile).toList();
      assertThat(stored).hasSize(1);
      assertThat(Files.readString(stored.getFirst())).contains(RUN.value(), "alice");
    }
  }
}
