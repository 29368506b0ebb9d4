package dev.resurge.activities.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/evidence.md tells an auditor to type, typed; needs openssl 3. */
class EvidenceOpensslIT {
  private final TestSigner signer = new TestSigner();
  @TempDir Path folder;

  @BeforeEach
  void writeAReportAndThePublicKey() throws IOException {
    var store = new MemoryStore();
    var key = new EvidenceArchive(store, "library").write(EvidenceSamples.passingRestore(), signer);
    Files.write(folder.resolve("run.json"), store.objects.get(key + ".json"));
    Files.write(folder.resolve("run.sig"), store.objects.get(key + ".sig"));
    Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(signer.publicKey())
            + "\n-----END PUBLIC KEY-----\n",
        US_ASCII);
  }

  @Test
  void opensslAloneProvesAGenuineReport() throws Exception {
    var openssl = verify();

    assertThat(openssl.output()).contains("Signature Verified Successfully");
    assertThat(openssl.exitCode()).isZero();
  }

  @Test
  void opensslAloneCatchesAChangedReport() throws Exception {
    var json = folder.resolve("run.json");
    Files.writeString(json, Files.readString(json).replace("\"pass\"", "\"failed\""));

    assertThat(verify().exitCode()).isNotZero();
  }

  @Test
  void opensslAloneNamesTheKeyAsReportsDo() throws Exception {
    var der = folder.resolve("key.der");
    run(
        List.of(
            "openssl", "pkey", "-pubin", "-in", "key.pem", "-outform", "DER", "-out", "key.der"));

    var digest = run(List.of("openssl", "dgst", "-sha256", "-r", der.getFileName().toString()));

    assertThat(digest.output()).startsWith(signer.keyId());
  }

  private Ended verify() throws IOException, InterruptedException {
    return run(
        List.of(
            "openssl",
            "pkeyutl",
            "-verify",
            "-pubin",
            "-inkey",
            "key.pem",
            "-rawin",
            "-in",
            "run.json",
            "-sigfile",
            "run.sig"));
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    var output = folder.resolve("output");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("this test needs the program openssl, version 3: " + e, e);
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("openssl ended in time").isTrue();
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private record Ended(int exitCode, String output) {}
}
