package dev.resurge.starter.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resurge.activities.installation.Installation;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.SecretRef;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.protobuf.services.HealthStatusManager;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Temporal that lets in only who shows a certificate and an API key. */
class SecureConnectionTest {
  private static final Optional<SecretRef> KEY =
      Optional.of(new SecretRef(Optional.of("KEY"), Optional.empty()));
  private static final Map<String, String> RIGHT = Map.of("KEY", "the-key");

  @TempDir Path folder;
  private TestServicesStarter services;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    certificate("server", "temporal.test");
    certificate("client", "client.test");
    var tls =
        GrpcSslContexts.forServer(file("server.pem"), file("server.key"))
            .trustManager(file("client.pem"))
            .clientAuth(ClientAuth.REQUIRE)
            .build();
    services = new TestServicesStarter(true, 0);
    var builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(tls)
            .intercept(new Gatekeeper());
    services.getServices().forEach(builder::addService);
    var health = new HealthStatusManager();
    health.setStatus("temporal.api.workflowservice.v1.WorkflowService", ServingStatus.SERVING);
    server = builder.addService(health.getHealthService()).build().start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    services.close();
  }

  @Test
  void whoShowsBothIsLetIn() {
    var client = Connection.open(temporal(tls(true, "temporal.test"), KEY), RIGHT);

    assertThat(client.getWorkflowServiceStubs().getServerCapabilities()).isNotNull();
    client.getWorkflowServiceStubs().shutdownNow();
  }

  @Test
  void whoShowsOnlyOneIsToldWhatIsMissing() {
    refused(
        temporal(tls(true, "temporal.test"), KEY),
        Map.of("KEY", "another"),
        "UNAUTHENTICATED: no valid API key");
    refused(temporal(tls(false, "temporal.test"), KEY), RIGHT, "CERTIFICATE_REQUIRED");
  }

  @Test
  void aServerWithAnotherNameIsNotTrusted() {
    refused(temporal(tls(true, "elsewhere.test"), KEY), RIGHT, "elsewhere.test");
  }

  private static void refused(
      Installation.Temporal temporal, Map<String, String> environment, String cameBack) {
    assertThatThrownBy(() -> Connection.open(temporal, environment))
        .isInstanceOfSatisfying(
            ResurgeException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.TEMPORAL_UNAVAILABLE))
        .hasMessageContaining(temporal.address())
        .hasMessageContaining(cameBack)
        .hasMessageNotContaining("the-key");
  }

  private Installation.Temporal temporal(
      Optional<Installation.Tls> tls, Optional<SecretRef> apiKey) {
    return new Installation.Temporal(
        "127.0.0.1:" + server.getPort(), "default", "resurge", tls, apiKey, Optional.empty());
  }

  private Optional<Installation.Tls> tls(boolean withCertificate, String serverName) {
    return Optional.of(
        new Installation.Tls(
            Optional.of(folder.resolve("client.pem")).filter(path -> withCertificate),
            Optional.of(folder.resolve("client.key")).filter(path -> withCertificate),
            Optional.of(folder.resolve("server.pem")),
            Optional.of(serverName)));
  }

  private File file(String name) {
    return folder.resolve(name).toFile();
  }

  /** A self-signed certificate and its key, as PEM. */
  private void certificate(String name, String host) throws Exception {
    var store = folder.resolve(name + ".p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                name,
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor()).as(new String(made.getInputStream().readAllBytes(), UTF_8)).isZero();
    var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    pem(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
    pem(name + ".key", "PRIVATE KEY", keys.getKey(name, "changeit".toCharArray()).getEncoded());
  }

  private void pem(String name, String kind, byte[] content) throws IOException {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }

  private static final class Gatekeeper implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <I, O> ServerCall.Listener<I> interceptCall(
        ServerCall<I, O> call, Metadata headers, ServerCallHandler<I, O> next) {
      if ("Bearer the-key".equals(headers.get(AUTHORIZATION))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("no valid API key"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
