package dev.resurge.activities.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  private static final byte[] TEXT = "approve ab12".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private KeyMaker maker;

  @BeforeEach
  void build() {
    maker = maker("keys");
  }

  @Test
  void newKeysAreForTheirOwnerOnly() throws IOException {
    maker.newInstallation();
    maker.newPerson("alice");

    try (var files = Files.walk(folder.resolve("keys"))) {
      for (var file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void keysAreNeverOverwrittenAndNothingIsMadeBeside() throws IOException {
    var keys = maker.newInstallation();
    var before = Files.readString(keys.identity());
    Files.delete(keys.signing());

    var thrown = catchThrowableOfType(ResurgeException.class, maker::newInstallation);

    assertThat(thrown.type()).isEqualTo(ErrorType.INPUT_INVALID);
    assertThat(thrown).hasMessageContaining("exists and is never overwritten; nothing was made");
    assertThat(keys.signing()).doesNotExist();
    assertThat(keys.identity()).hasContent(before);
    maker.newPerson("alice");
    assertThatThrownBy(() -> maker.newPerson("alice")).isInstanceOf(ResurgeException.class);
  }

  @Test
  void theIdentityFileReadsAsAgeKeygenWritesIt() {
    var keys = maker.newInstallation();

    assertThat(keys.identity())
        .content()
        .matches(
            "# created: 2026-11-21T02:00:00Z\n# public key: "
                + keys.recipient()
                + "\nAGE-SECRET-KEY-1[0-9A-Z]{58}\n");
    var identities = AgeIdentities.read(List.of(keys.identity()));
    assertThat(identities.recipients()).containsExactly(keys.recipient());
    assertThat(identities.toString()).doesNotContain("AGE-SECRET");
  }

  @Test
  void aRecipientIsDerivedAsAgeKeygenDerivesIt() throws IOException {
    // made by age-keygen 1.1.1 for this test; it opens nothing
    var file = folder.resolve("identity");
    Files.writeString(
        file, "AGE-SECRET-KEY-1L90YZN7PHE992WAM0USTK2SZK5X5HDF7XWHHP9T95JRRN8WSNKYSMSG9ZU\r\n");

    assertThat(AgeIdentities.read(List.of(file)).recipients())
        .containsExactly("age1reup2ksyn2efhw2npsxvs3ylc8v34l9kxpp0h7l4u0uw0qutuyzq8sl8pt");
  }

  @Test
  void anIdentityFileThatIsNoneIsNamedWithItsLineAndWithoutItsContent() throws IOException {
    var file = Files.writeString(folder.resolve("bad"), "# x\nAGE-SECRET-KEY-1BROKEN\n");
    var empty = Files.writeString(folder.resolve("empty"), "# x\n");

    var identities = AgeIdentities.read(List.of(file, empty, folder.resolve("none")));

    assertThat(identities.isEmpty()).isTrue();
    assertThat(identities.problems())
        .containsExactly(
            file + ":2: is no X25519 identity; a plain AGE-SECRET-KEY-1… is needed",
            empty + ": holds no identity",
            folder.resolve("none") + ": there is no such file");
  }

  @Test
  void whatIsSignedIsOfThatSignerForWhoTrustsIt() {
    var keys = maker.newInstallation();
    var other = maker("other").newInstallation();
    var signer = Ed25519Signer.read(keys.signing());
    var signature = signer.sign(TEXT);

    assertThat(signature).hasSize(64);
    assertThat(signer.keyId()).isEqualTo(keys.keyId()).matches("[0-9a-f]{16}");
    var own = Ed25519TrustRoots.read(List.of(), Optional.of(signer));
    assertThat(own.signerOf(TEXT, signature)).contains(signer.keyId());
    var both =
        Ed25519TrustRoots.read(
            List.of(other.signingPublic(), keys.signingPublic()), Optional.empty());
    assertThat(both.signerOf(TEXT, signature)).contains(signer.keyId());
    assertThat(both.keyIds()).containsExactly(other.keyId(), keys.keyId());
    var stranger = Ed25519TrustRoots.read(List.of(other.signingPublic()), Optional.empty());
    assertThat(stranger.signerOf(TEXT, signature)).isEmpty();
  }

  @Test
  void aChangedTextOrSignatureIsOfNobody() {
    var signer = Ed25519Signer.read(maker.newInstallation().signing());
    var trust = Ed25519TrustRoots.read(List.of(), Optional.of(signer));
    var signature = signer.sign(TEXT);
    for (int bit = 0; bit < 64 * 8; bit += 7) {
      var changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(trust.signerOf(TEXT, changed)).isEmpty();
    }
    assertThat(trust.signerOf(new byte[0], signature)).isEmpty();
    assertThat(trust.signerOf(TEXT, new byte[0])).isEmpty();
    assertThat(trust.signerOf(TEXT, new byte[65])).isEmpty();
  }

  @Test
  void aKeyFileThatIsNoneIsNamed() throws IOException {
    var keys = maker.newInstallation();
    var text = Files.writeString(folder.resolve("text.pem"), "hello");

    assertInvalid(() -> Ed25519Signer.read(folder.resolve("none.pem")), "none.pem does not exist");
    assertInvalid(() -> Ed25519Signer.read(text), "text.pem holds no PEM block");
    assertInvalid(
        () -> Ed25519Signer.read(keys.signingPublic()), "holds a PUBLIC KEY; expected PRIVATE KEY");
    assertInvalid(
        () -> Ed25519TrustRoots.read(List.of(keys.signing()), Optional.empty()),
        "holds a PRIVATE KEY; expected PUBLIC KEY");
  }

  @Test
  void aPersonsSignatureHoldsForThatPersonOnly() {
    var alice = maker.newPerson("alice");
    var bob = maker.newPerson("bob");
    var people = PersonKeys.read(Map.of("alice", alice.publicKey(), "bob", bob.publicKey()));
    var signature = PersonKeys.sign(alice.privateKey(), TEXT);

    assertThat(people.names()).containsExactlyInAnyOrder("alice", "bob");
    assertThat(people.verified("alice", TEXT, signature)).isTrue();
    assertThat(people.verified("bob", TEXT, signature)).isFalse();
    assertThat(people.verified("carol", TEXT, signature)).isFalse();
    assertThat(people.verified("alice", new byte[] {1}, signature)).isFalse();
    assertThat(people.verified("alice", TEXT, new byte[3])).isFalse();
  }

  @Test
  void aPersonsNameStaysInItsFolder() {
    for (var name : List.of("", "../root", "a/b", ".hidden")) {
      assertThatThrownBy(() -> maker.newPerson(name))
          .isInstanceOfSatisfying(
              ResurgeException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INPUT_INVALID));
    }
  }

  private KeyMaker maker(String name) {
    return new KeyMaker(
        folder.resolve(name), InstantSource.fixed(Instant.parse("2026-11-21T02:00:00.5Z")));
  }

  private static void assertInvalid(ThrowingCallable action, String message) {
    var thrown = catchThrowableOfType(ResurgeException.class, action);
    assertThat(thrown).isNotNull();
    assertThat(thrown.type()).isEqualTo(ErrorType.CONFIGURATION_INVALID);
    assertThat(thrown).hasMessageContaining(message);
  }
}
