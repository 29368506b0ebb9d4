package dev.resurge.activities.temporal;

import dev.resurge.activities.installation.Installation;
import dev.resurge.activities.installation.SecretReader;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.procedure.Payloads;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.serviceclient.ServiceStubsOptions;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;

/** How Temporal is reached and spoken to, the same for worker and command line. */
public final class TemporalAccess {
  private final Installation.Temporal temporal;
  private final SecretReader secrets;

  /** Reads nothing yet. */
  public TemporalAccess(Installation.Temporal temporal, SecretReader secrets) {
    this.temporal = temporal;
    this.secrets = secrets;
  }

  /**
   * Adds the address, TLS and the API key to a connection's options. The key is read again for each
   * call, so that it can be replaced.
   *
   * @throws ResurgeException {@code ConfigurationInvalid} if a file of {@code temporal.tls} cannot
   *     be used
   */
  public <B extends ServiceStubsOptions.Builder<B>> B reaching(B options) {
    options.setTarget(temporal.address());
    if (temporal.tls().isEmpty()) {
      options.setEnableHttps(false); // or an API key alone would turn TLS on
    }
    temporal
        .tls()
        .ifPresent(tls -> {
          options.setSslContext(context(tls));
          tls.serverName()
              .ifPresent(name -> options.setChannelInitializer(to -> to.overrideAuthority(name)));
        });
    temporal.apiKey().ifPresent(key -> options.addApiKey(() -> secrets.read(key)));
    return options;
  }

  /**
   * Namespace and payloads.
   *
   * @throws ResurgeException {@code SecretMissing} or {@code KeyWrong} for the codec's key
   */
  public WorkflowClientOptions.Builder speaking() {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(temporal.namespace())
        .setDataConverter(converter());
  }

  private DataConverter converter() {
    return temporal
        .codecKey()
        .map(key -> PayloadCipher.of(key.describe(), secrets.read(key)))
        .<DataConverter>map(
            cipher -> new CodecDataConverter(Payloads.dataConverter(), List.of(cipher), true))
        .orElseGet(Payloads::dataConverter);
  }

  private static SslContext context(Installation.Tls tls) {
    var context = GrpcSslContexts.forClient();
    try {
      tls.authority().map(Path::toFile).ifPresent(context::trustManager);
      if (tls.certificate().isPresent()) {
        context.keyManager(tls.certificate().get().toFile(), tls.key().orElseThrow().toFile());
      }
      return context.build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "the files of temporal.tls cannot be used: "
              + e.getMessage()
              + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()),
          e);
    }
  }
}
