package dev.resurge.activities.evidence;

import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.Evidence;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Procedure;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One system's reports in a store: {@code <system>/evidence/<runId>.{json,md,html,sig}}. A report
 * exists once its {@code .json} does: that is written last and never replaced.
 */
public final class EvidenceArchive {
  /** The endings of a report's files. */
  private static final Set<String> FORMATS = Set.of("json", "md", "html", "sig");

  private final ArtifactStore store;
  private final String system;

  public EvidenceArchive(ArtifactStore store, String system) {
    this.store = store;
    this.system = system;
  }

  /**
   * Signs and writes a report in all its forms. Writing the same again does nothing, and an attempt
   * that was cut short is completed.
   *
   * @return the report's key without its ending
   * @throws ResurgeException {@code StoreUnavailable}; {@code SetForged} if the store already holds
   *     another report of that run, which is left as it is; {@code InputInvalid} if the evidence is
   *     of another system
   */
  public String write(Evidence evidence, Signer signer) {
    if (!evidence.system().equals(system)) {
      throw new ResurgeException(
          ErrorType.INPUT_INVALID,
          "Wrote evidence of "
              + evidence.run()
              + ": it is of "
              + evidence.system()
              + ", not of "
              + system
              + ", whose archive this is.");
    }
    var base = base(evidence.run());
    if (alreadyWritten(evidence)) {
      return base;
    }
    var json = Json.pretty(evidence);
    var signed = SignedEvidence.of(evidence, signer);
    put(base + ".md", new MarkdownReport().render(signed).getBytes(StandardCharsets.UTF_8));
    put(base + ".html", new HtmlReport().render(signed).getBytes(StandardCharsets.UTF_8));
    put(base + ".sig", signer.sign(json));
    if (!store.putIfAbsent(base + ".json", json)) {
      alreadyWritten(evidence);
    }
    return base;
  }

  /** The runs that have a report, newest first. */
  public List<RunId> runs() {
    var prefix = system + "/evidence/";
    return store.list(prefix).stream()
        .map(entry -> entry.key().substring(prefix.length()))
        .filter(name -> name.endsWith(".json"))
        .map(name -> name.substring(0, name.length() - ".json".length()))
        .filter(RunId::isValid)
        .map(RunId::new)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Of each procedure the newest runs that have a report, at most so many; newest first. */
  public List<RunId> newestOfEach(int most) {
    var taken = new EnumMap<Procedure, Integer>(Procedure.class);
    return runs().stream()
        .filter(
            run -> run.procedure().filter(p -> taken.merge(p, 1, Integer::sum) <= most).isPresent())
        .toList();
  }

  /**
   * Reads a report, if it can be believed.
   *
   * @param otherwise told why not
   * @throws ResurgeException {@code StoreUnavailable}: that says nothing of the report
   */
  public Optional<Evidence> readIfBelieved(
      RunId run, TrustRoots trust, Consumer<ResurgeException> otherwise) {
    try {
      return Optional.of(read(run, trust));
    } catch (ResurgeException e) {
      if (e.type() == ErrorType.STORE_UNAVAILABLE) {
        throw e;
      }
      otherwise.accept(e);
      return Optional.empty();
    }
  }

  /**
   * Reads a report whose signature holds.
   *
   * @throws ResurgeException {@code RunUnknown}; {@code SetForged} if the signature is missing or
   *     of no trusted key, or if the report is of another run; {@code FormatUnknown} if a newer
   *     version wrote it
   */
  public Evidence read(RunId run, TrustRoots trust) {
    return signed(run, trust).evidence();
  }

  /**
   * A report for people, made anew of the signed .json: what lies beside it in the store could say
   * something else.
   *
   * @param format {@code html} or {@code md}
   * @throws ResurgeException as {@link #read}
   * @throws IllegalArgumentException for another format
   */
  public String rendered(RunId run, TrustRoots trust, String format) {
    var signed = signed(run, trust);
    return switch (format) {
      case "html" -> new HtmlReport().render(signed);
      case "md" -> new MarkdownReport().render(signed);
      default -> throw new IllegalArgumentException("'" + format + "' is not rendered");
    };
  }

  private SignedEvidence signed(RunId run, TrustRoots trust) {
    var where = base(run) + ".json in " + store.describe();
    var json =
        file(run, "json")
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.RUN_UNKNOWN, "Looked for " + where + ": there is none."));
    var signature =
        file(run, "sig")
            .orElseThrow(() ->
                new ResurgeException(
                    ErrorType.SET_FORGED,
                    "Looked for the signature of " + where + ": there is none."));
    var signed = SignedEvidence.verified(json, signature, trust, where);
    var evidence = signed.evidence();
    if (!evidence.run().equals(run) || !evidence.system().equals(system)) {
      throw new ResurgeException(
          ErrorType.SET_FORGED,
          "Read "
              + where
              + ": it is the signed report of "
              + evidence.run()
              + " of "
              + evidence.system()
              + ", put in another's place.");
    }
    return signed;
  }

  /**
   * A report's file as it lies in the store; whether it is genuine, {@link ReportVerifier} says.
   *
   * @param format {@code json}, {@code md}, {@code html} or {@code sig}
   * @throws IllegalArgumentException for another format
   */
  public Optional<byte[]> file(RunId run, String format) {
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "'" + format + "' is no form of a report; write html, md, json or sig");
    }
    try (var in = store.open(base(run) + "." + format)) {
      return Optional.of(in.readAllBytes());
    } catch (NoSuchElementException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE,
          "Read " + base(run) + "." + format + " in " + store.describe() + ": " + e.getMessage(),
          e);
    }
  }

  /** Whether this very report is there; another one of the same run is refused. */
  private boolean alreadyWritten(Evidence evidence) {
    var present = file(evidence.run(), "json");
    if (present.isPresent() && !same(present.get(), evidence)) {
      throw new ResurgeException(
          ErrorType.SET_FORGED,
          "Wrote "
              + base(evidence.run())
              + ".json to "
              + store.describe()
              + ": another report of that run lies there (sha256 "
              + Json.sha256(present.get())
              + "). It was left as it is.");
    }
    return present.isPresent();
  }

  /** Compared by what they say: another version may write the same fields in another order. */
  private static boolean same(byte[] present, Evidence evidence) {
    try {
      return Json.canonical(Json.mapper().readTree(present)).equals(Json.canonical(evidence));
    } catch (IOException e) {
      return false;
    }
  }

  private void put(String key, byte[] content) {
    try {
      store.put(key, out -> out.write(content));
    } catch (UncheckedIOException e) {
      throw new ResurgeException(
          ErrorType.STORE_UNAVAILABLE,
          "Wrote " + key + " to " + store.describe() + ": " + e.getMessage(),
          e);
    }
  }

  private String base(RunId run) {
    return system + "/evidence/" + run.value();
  }
}
