package dev.resurge.worker;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.SecretReader;
import dev.resurge.activities.temporal.TemporalAccess;
import dev.resurge.workflows.procedure.Attributes;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's in-memory server in real time, for trying things out: what it knows is lost when it
 * ends. Listens on loopback only, which its own starter would not.
 */
public final class EmbeddedTemporal implements AutoCloseable {
  private static final boolean REAL_TIME = true;
  private static final String WORKFLOW_SERVICE = "temporal.api.workflowservice.v1.WorkflowService";

  private final TestServicesStarter services;
  private final Server server;

  private EmbeddedTemporal(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param port 0 takes any free one
   */
  public static EmbeddedTemporal start(int port) {
    var services = new TestServicesStarter(REAL_TIME, 0);
    var builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    services.getServices().forEach(builder::addService);
    var health = new HealthStatusManager();
    health.setStatus(WORKFLOW_SERVICE, ServingStatus.SERVING); // what clients ask for
    builder.addService(health.getHealthService());
    try {
      return new EmbeddedTemporal(services, builder.build().start());
    } catch (IOException e) {
      services.close();
      throw new UncheckedIOException("could not listen on 127.0.0.1:" + port, e);
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** Makes it know our search attributes. */
  void register(String namespace) {
    var here = new Installation.Temporal(address(), namespace, "");
    SearchAttributes.register(
        new TemporalAccess(here, new SecretReader(Map.of())), namespace, Attributes.all());
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    services.close();
  }

  /** {@code ./resurge temporal [--port N]}: runs it in the foreground. */
  public static void main(String[] arguments) throws InterruptedException {
    int port = 7233;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--port") && i + 1 < arguments.length) {
        port = Integer.parseInt(arguments[++i]);
      } else {
        System.err.println("error: './resurge temporal' knows only --port N, not " + arguments[i]);
        System.exit(2);
      }
    }
    try {
      var temporal = start(port);
      Runtime.getRuntime().addShutdownHook(new Thread(temporal::close));
      temporal.register("default");
      System.out.println("temporal ready on " + temporal.address());
      temporal.server.awaitTermination();
    } catch (UncheckedIOException e) {
      System.err.println("error: " + e.getMessage() + ": " + e.getCause().getMessage());
      System.err.println("  next: end what listens there, or choose another port with --port");
      System.exit(5);
    }
  }
}
