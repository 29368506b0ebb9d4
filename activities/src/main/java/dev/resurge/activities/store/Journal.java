package dev.resurge.activities.store;

import dev.resurge.activities.installation.Signer;
import dev.resurge.activities.installation.TrustRoots;
import dev.resurge.activities.spi.ArtifactStore;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.JournalEntry;
import dev.resurge.workflows.model.Json;
import dev.resurge.workflows.model.Plan;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.model.RunId;
import dev.resurge.workflows.model.SetId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The journals of one system's cut overs. An entry and its signature are one object, so that no
 * crash leaves one without the other; the signed text is kept as it was signed.
 */
public final class Journal {
  private static final Pattern FILE = Pattern.compile("([1-9]\\d{0,8})\\.json");

  private final ArtifactStore store;
  private final StoreFiles files;
  private final StoreLayout layout;
  private final TrustRoots trust;

  /** The journals of {@code system}. */
  public Journal(ArtifactStore store, String system, TrustRoots trust) {
    this.store = store;
    this.files = new StoreFiles(store);
    this.layout = new StoreLayout(system);
    this.trust = trust;
  }

  /**
   * Appends the next entry; the first has the number 1. An entry that is there already is accepted.
   *
   * @throws ResurgeException {@code TargetChanged} if another entry has the number; {@code
   *     Internal} if the one before it is missing; {@code SetForged} if what is there is not
   *     believed
   */
  public void append(JournalEntry entry, Signer signer) {
    var key = layout.journalEntry(entry.run(), entry.number());
    if (entry.number() < 1
        || (entry.number() > 1
            && !store.exists(layout.journalEntry(entry.run(), entry.number() - 1)))) {
      throw new ResurgeException(
          ErrorType.INTERNAL,
          "journal of run "
              + entry.run()
              + ": entry "
              + entry.number()
              + " was to be written, but the one before it is not there");
    }
    var text = Json.canonical(new Content(layout.system(), entry));
    if (store.putIfAbsent(key, Json.pretty(signed(text, signer)))) {
      return;
    }
    var present = Json.canonical(new Content(layout.system(), read(entry.run(), entry.number())));
    if (!present.equals(text)) {
      throw new ResurgeException(
          ErrorType.TARGET_CHANGED,
          key
              + " in "
              + store.describe()
              + " holds another entry: somebody else acts on this cut over. There is "
              + present
              + "; to be written was "
              + text);
    }
  }

  private static Signed signed(String text, Signer signer) {
    var signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
    return new Signed(text, Base64.getEncoder().encodeToString(signature), signer.keyId());
  }

  /**
   * A run's entries in order; empty if it has no journal.
   *
   * @throws ResurgeException {@code SetForged} for an entry that is not believed or is missing
   *     between others
   */
  public List<JournalEntry> entries(RunId run) {
    var numbers =
        store.list(layout.journal(run)).stream()
            .map(entry -> entry.key().substring(layout.journal(run).length()))
            .map(FILE::matcher)
            .filter(Matcher::matches)
            .map(match -> Integer.valueOf(match.group(1)))
            .sorted()
            .toList();
    var entries = new ArrayList<JournalEntry>();
    for (var number : numbers) {
      if (number != entries.size() + 1) {
        throw notBelieved(layout.journalEntry(run, entries.size() + 1), "it is missing");
      }
      entries.add(read(run, number));
    }
    return List.copyOf(entries);
  }

  private JournalEntry read(RunId run, int number) {
    var key = layout.journalEntry(run, number);
    var bytes = files.read(key).orElseThrow(() -> notBelieved(key, "it is missing"));
    var signed = files.parse(key, bytes, Signed.class);
    var text = signed.content().getBytes(StandardCharsets.UTF_8);
    if (trust.signerOf(text, signature(key, signed)).isEmpty()) {
      throw notBelieved(
          key, "its signature is of no trusted key (it names the signer " + signed.signer() + ")");
    }
    var content = files.parse(key, text, Content.class);
    var entry = content.entry();
    // a genuine entry copied to another place would tell of something that did not happen there
    if (!content.system().equals(layout.system())
        || !entry.run().equals(run)
        || entry.number() != number) {
      throw notBelieved(
          key,
          "it is entry " + entry.number() + " of run " + entry.run() + " of " + content.system());
    }
    return entry;
  }

  private byte[] signature(String key, Signed signed) {
    try {
      return Base64.getDecoder().decode(signed.signature());
    } catch (IllegalArgumentException e) {
      throw notBelieved(key, "its signature is no base64");
    }
  }

  /**
   * The cut overs that never wrote how they ended, oldest first.
   *
   * @throws ResurgeException {@code SetForged} if a journal is not believed
   */
  public List<Unsettled> unsettled() {
    return unsettled(new HashSet<>());
  }

  /**
   * The same for who asks again and again: a journal that is settled stays so.
   *
   * @param settled are not read again; those that are found to be settled are added
   */
  public List<Unsettled> unsettled(Set<RunId> settled) {
    var unsettled = new ArrayList<Unsettled>();
    for (var run : runs()) {
      var entries = settled.contains(run) ? List.<JournalEntry>of() : entries(run);
      if (entries.isEmpty()) {
        continue;
      }
      if (entries.getLast().state().settled()) {
        settled.add(run);
      } else {
        unsettled.add(Unsettled.of(entries));
      }
    }
    return List.copyOf(unsettled);
  }

  private List<RunId> runs() {
    return store.folders(layout.journals()).stream()
        .filter(RunId::isValid)
        .sorted()
        .map(RunId::new)
        .toList();
  }

  private ResurgeException notBelieved(String key, String problem) {
    return new ResurgeException(
        ErrorType.SET_FORGED,
        "journal entry " + key + " in " + store.describe() + " is not believed: " + problem);
  }

  /** A cut over that is not over, as far as its journal says. */
  public record Unsettled(RunId run, JournalEntry.State state, Instant at, Optional<SetId> set) {
    static Unsettled of(List<JournalEntry> entries) {
      var last = entries.getLast();
      return new Unsettled(
          last.run(), last.state(), last.at(), entries.getFirst().plan().flatMap(Plan::set));
    }
  }

  /** The object in the store: the signed text, the signature of its UTF-8 bytes in base64. */
  private record Signed(String content, String signature, String signer) {
    Signed {
      Objects.requireNonNull(content, "content");
      Objects.requireNonNull(signature, "signature");
    }
  }

  /** What is signed. */
  private record Content(String system, JournalEntry entry) {
    Content {
      Objects.requireNonNull(system, "system");
      Objects.requireNonNull(entry, "entry");
    }
  }
}
