package dev.resurge.activities.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.KeyCheck.Outcome;
import dev.resurge.activities.installation.KeyCheck.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCheckTest {
  @TempDir Path folder;
  private KeyMaker.InstallationKeys here;
  private KeyMaker.InstallationKeys offline;

  @BeforeEach
  void build() {
    here = new KeyMaker(folder.resolve("here"), InstantSource.system()).newInstallation();
    offline = new KeyMaker(folder.resolve("offline"), InstantSource.system()).newInstallation();
  }

  @Test
  void twoRecipientsOneOfThemOfflineIsRight() {
    var results = check(List.of(here.recipient(), offline.recipient()), here.identity());

    assertThat(results).extracting(Result::outcome).containsOnly(Outcome.PASS);
    assertThat(results)
        .extracting(Result::subject)
        .containsExactly(
            "signing key " + here.signing(),
            "trusted key " + offline.signingPublic(),
            "key of alice",
            "identity " + here.identity(),
            "recipients");
    assertThat(results.getLast().detail()).contains(offline.recipient());
  }

  @Test
  void oneRecipientOrNoneOfflineIsAdvisedAgainst() {
    assertThat(check(List.of(), here.identity()))
        .anySatisfy(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.ADVICE);
          assertThat(result.detail()).contains("only one");
        });
    assertThat(
            check(
                List.of(here.recipient(), offline.recipient()),
                here.identity(),
                offline.identity()))
        .anySatisfy(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.ADVICE);
          assertThat(result.detail()).contains("keep one of them offline");
        });
  }

  @Test
  void anIdentityThatOpensNothingFailsAndNamesBothSides() {
    assertThat(check(List.of(offline.recipient()), here.identity()))
        .anySatisfy(result -> {
          assertThat(result.subject()).isEqualTo("identity " + here.identity());
          assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
          assertThat(result.detail())
              .contains("is of " + here.recipient())
              .contains("opens nothing encrypted to " + offline.recipient());
        });
  }

  @Test
  void missingKeysFailOneByOneWithoutAnException() throws IOException {
    Files.delete(here.signing());
    Files.delete(offline.signingPublic());

    var results = check(List.of(here.recipient()), folder.resolve("none.age"));

    assertThat(results).filteredOn(r -> r.outcome() == Outcome.FAIL).hasSize(4);
    assertThat(results.getFirst().detail()).contains("does not exist");
    assertThat(results.getLast().detail())
        .contains("no identity here opens what is encrypted to " + here.recipient());
  }

  @Test
  void aBadRecipientFails() {
    assertThat(check(List.of("age1nonsense"), here.identity()))
        .anySatisfy(result -> {
          assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
          assertThat(result.detail()).contains("'age1nonsense' is no age recipient");
        });
  }

  @Test
  void noIdentityAndNoRecipientFails() {
    assertThat(check(List.of(), folder.resolve("none.age")).getLast())
        .isEqualTo(
            new Result("recipients", Outcome.FAIL, "there are none; ./resurge keys new makes one"));
  }

  @Test
  void aPrivateKeyThatOthersMayReadFails() throws IOException {
    Files.setPosixFilePermissions(here.identity(), PosixFilePermissions.fromString("rw-r-----"));

    assertThat(check(List.of(), here.identity()).getLast())
        .isEqualTo(
            new Result(
                "mode of " + here.identity(),
                Outcome.FAIL,
                "others may read or write it: chmod 600 " + here.identity()));
  }

  private List<Result> check(List<String> recipients, Path... identities) {
    var installation =
        new Installation(
            "host1",
            new Installation.Temporal("127.0.0.1:7233", "default", "resurge"),
            folder,
            folder,
            new Installation.Keys(
                here.signing(), List.of(identities), List.of(offline.signingPublic())),
            Map.of("alice", here.signingPublic()),
            new Installation.Worker("127.0.0.1", 0),
            Optional.empty());
    return new KeyCheck(installation).check(recipients);
  }
}
