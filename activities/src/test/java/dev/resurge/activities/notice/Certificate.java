package dev.resurge.activities.notice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of a server called {@code localhost} that nobody signed but itself.
 *
 * @param pem what a client must trust
 */
record Certificate(SSLContext server, Path pem) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static Certificate in(Path folder) throws IOException, GeneralSecurityException {
    var file = folder.resolve("server.p12");
    make(file);
    var store = KeyStore.getInstance(file.toFile(), PASSWORD);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var server = SSLContext.getInstance("TLS");
    server.init(keys.getKeyManagers(), null, null);
    var encoded =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.UTF_8))
            .encodeToString(store.getCertificate("server").getEncoded());
    var pem =
        Files.writeString(
            folder.resolve("server.pem"),
            "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    return new Certificate(server, pem);
  }

  private static void make(Path file) throws IOException {
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (made.waitFor() != 0) {
        throw new AssertionError("keytool made no certificate");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
