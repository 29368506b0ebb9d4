package dev.resurge.activities.installation;

import dev.resurge.workflows.model.ResurgeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Proves that an installation's keys work, before they are needed. */
public final class KeyCheck {
  private static final byte[] PROBE = "resurge keys check".getBytes(StandardCharsets.UTF_8);
  private static final EnumSet<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Installation installation;

  /** Checks that installation's keys. */
  public KeyCheck(Installation installation) {
    this.installation = installation;
  }

  /**
   * Signs and verifies, encrypts and decrypts.
   *
   * @param recipients to whom runbooks encrypt; if empty, those of the identities found here
   * @return one line for each key; never throws for a key that does not work
   */
  public List<Result> check(List<String> recipients) {
    var results = new ArrayList<Result>();
    results.add(signing());
    for (var file : installation.keys().trust()) {
      results.add(
          attempt(
              "trusted key " + file, () -> "key id " + Ed25519.keyId(Ed25519.readPublic(file))));
    }
    installation.people().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(person ->
            results.add(
                attempt(
                    "key of " + person.getKey(),
                    () -> "key id " + Ed25519.keyId(Ed25519.readPublic(person.getValue())))));
    encryption(recipients, results);
    privateFiles().forEach(file -> modes(file, results));
    return List.copyOf(results);
  }

  private Result signing() {
    var file = installation.keys().signing();
    return attempt(
        "signing key " + file,
        () -> {
          var signer = Ed25519Signer.read(file);
          var signedBy =
              Ed25519TrustRoots.of(installation).signerOf(PROBE, signer.sign(PROBE)).orElse("none");
          if (!signedBy.equals(signer.keyId())) {
            throw Pem.invalid(file, "signs what does not verify", null);
          }
          return "signs and verifies; key id " + signer.keyId();
        });
  }

  private void encryption(List<String> given, List<Result> results) {
    var all = AgeIdentities.read(installation.keys().identities());
    var recipients = given.isEmpty() ? all.recipients() : given;
    if (recipients.isEmpty()) {
      results.add(
          new Result("recipients", Outcome.FAIL, "there are none; ./resurge keys new makes one"));
      return;
    }
    for (var file : installation.keys().identities()) {
      results.add(identity(file, recipients));
    }
    results.add(advice(recipients, all.recipients()));
  }

  private static Result identity(Path file, List<String> recipients) {
    var identities = AgeIdentities.read(List.of(file));
    var subject = "identity " + file;
    if (!identities.problems().isEmpty()) {
      return new Result(subject, Outcome.FAIL, String.join("; ", identities.problems()));
    }
    var whose = String.join(", ", identities.recipients());
    try {
      var encrypted = new ByteArrayOutputStream();
      try (var out = AgeRecipients.of(recipients).encrypt(encrypted)) {
        out.write(PROBE);
      }
      try (var in = identities.decrypt(new ByteArrayInputStream(encrypted.toByteArray()))) {
        return Arrays.equals(in.readAllBytes(), PROBE)
            ? new Result(subject, Outcome.PASS, "opens what is encrypted to " + whose)
            : new Result(subject, Outcome.FAIL, "decrypts to something else");
      }
    } catch (GeneralSecurityException e) {
      return new Result(
          subject,
          Outcome.FAIL,
          "is of " + whose + ", opens nothing encrypted to " + String.join(", ", recipients));
    } catch (IOException | ResurgeException e) {
      return new Result(subject, Outcome.FAIL, e.getMessage());
    }
  }

  private static Result advice(List<String> recipients, List<String> here) {
    var problems = recipients.stream().flatMap(r -> AgeRecipients.problem(r).stream()).toList();
    if (!problems.isEmpty()) {
      return new Result("recipients", Outcome.FAIL, String.join("; ", problems));
    }
    var elsewhere = recipients.stream().filter(r -> !here.contains(r)).toList();
    if (elsewhere.size() == recipients.size()) {
      return new Result(
          "recipients",
          Outcome.FAIL,
          "no identity here opens what is encrypted to "
              + String.join(", ", recipients)
              + ": this machine can back up but neither verify nor restore");
    }
    if (recipients.size() == 1) {
      return new Result(
          "recipients",
          Outcome.ADVICE,
          "only one; add a second whose identity is kept offline, or losing this machine loses"
              + " every set");
    }
    return elsewhere.isEmpty()
        ? new Result(
            "recipients",
            Outcome.ADVICE,
            "all identities are on this machine; keep one of them offline")
        : new Result(
            "recipients",
            Outcome.PASS,
            recipients.size() + "; kept elsewhere: " + String.join(", ", elsewhere));
  }

  private List<Path> privateFiles() {
    var files = new ArrayList<>(installation.keys().identities());
    files.add(installation.keys().signing());
    return files.stream().filter(Files::exists).toList();
  }

  private static void modes(Path file, List<Result> results) {
    try {
      var open = EnumSet.copyOf(OTHERS);
      open.retainAll(Files.getPosixFilePermissions(file));
      if (!open.isEmpty()) {
        results.add(
            new Result(
                "mode of " + file, Outcome.FAIL, "others may read or write it: chmod 600 " + file));
      }
    } catch (IOException | UnsupportedOperationException e) {
      results.add(new Result("mode of " + file, Outcome.ADVICE, "cannot be told: " + e));
    }
  }

  private static Result attempt(String subject, Supplier<String> action) {
    try {
      return new Result(subject, Outcome.PASS, action.get());
    } catch (ResurgeException e) {
      return new Result(subject, Outcome.FAIL, e.getMessage());
    }
  }

  /** How a key did. */
  public enum Outcome {
    PASS,
    FAIL,
    /** It works; something about it could be safer. */
    ADVICE
  }

  /** One key and how it did. */
  public record Result(String subject, Outcome outcome, String detail) {}
}
