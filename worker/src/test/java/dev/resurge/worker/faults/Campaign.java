package dev.resurge.worker.faults;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Tries a story with every fault at every one of its calls, on several lanes at once. */
public final class Campaign {
  private static final int LANES = Integer.getInteger("faults.lanes", 8); // they mostly wait
  private static final int SLICE = Integer.getInteger("faults.slice", 0);
  private static final int RUNS_OF_A_LANE = 100;
  private static final List<String> CUT_OVER =
      List.of(
          "SwapFor",
          "Position",
          "Running",
          "Journal",
          "Quiesce",
          "Swap",
          "Resume",
          "CheckHealth",
          "Retain",
          "Rejected",
          "RemoveLive",
          "Reopen",
          "RemoveRejected");
  private static final AtomicInteger WORLDS = new AtomicInteger();

  private final Story story;
  private final long seed;
  private final PrintStream out;
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> endings = new TreeMap<>();

  Campaign(Story story, long seed, PrintStream out) {
    this.story = story;
    this.seed = seed;
    this.out = out;
  }

  /**
   * For a try by hand, with a {@link Hook} around every call: {@code STORY SEED [what the faults'
   * names contain]}; {@code STORY SEED one} for one kind of fault at each call; {@code STORY SEED
   * pairs=N [what the pair's names contain]} for one of so many pairs of faults in a cut over.
   */
  public static void main(String[] arguments) throws InterruptedException {
    var named = arguments.length < 3 ? "" : arguments[2];
    if (named.equals("one")) {
      run(arguments[0], Long.parseLong(arguments[1]), false, 1);
      System.exit(0);
    }
    if (named.startsWith("pairs=")) {
      var part = arguments.length < 4 ? "" : arguments[3];
      new Campaign(Story.valueOf(arguments[0]), Long.parseLong(arguments[1]), System.out)
          .pairs(false, Integer.parseInt(named.substring(6)), part);
      System.exit(0);
    }
    new Campaign(Story.valueOf(arguments[0]), Long.parseLong(arguments[1]), System.out)
        .singles(fault -> fault.toString().contains(named));
    System.exit(0);
  }

  /**
   * Tries a story as tests do; what went wrong.
   *
   * @param everyKind every kind of fault at every call; else one of them, chosen by the seed
   * @param each only one of so many calls
   */
  public static List<String> run(String story, long seed, boolean everyKind, int each)
      throws InterruptedException {
    return new Campaign(Story.valueOf(story), seed, System.out)
        .singles(fault ->
            Math.floorMod(mixed(seed, fault.call()), each) == 0
                && (everyKind || fault.kind() == oneKind(seed, fault.call())));
  }

  /**
   * Tries two faults in one cut over: at each of its calls one kind of fault, and then one at each
   * call that follows; what went wrong.
   *
   * @param everyKind every kind of fault at the first call; else one of them, chosen by the seed
   * @param each only one of so many pairs; which, {@code -Dfaults.slice} says, 0 if nothing does
   */
  public static List<String> runPairs(String story, long seed, boolean everyKind, int each)
      throws InterruptedException {
    return new Campaign(Story.valueOf(story), seed, System.out).pairs(everyKind, each, "");
  }

  private List<String> pairs(boolean everyKind, int each, String named)
      throws InterruptedException {
    var firsts = new ConcurrentLinkedQueue<List<Fault>>();
    undisturbed().calls().stream()
        .filter(Campaign::isOfACutOver)
        .flatMap(call -> possible(call).stream())
        .filter(fault -> everyKind || fault.kind() == oneKind(seed, fault.call()))
        .forEach(fault -> firsts.add(List.of(fault)));
    var pairs = new ConcurrentLinkedQueue<List<Fault>>();
    all(
        firsts,
        ending -> {
          for (var call : ending.afterwards()) {
            var second = new Fault(call, oneKind(seed + 2, call));
            var pair = List.of(ending.faults().getFirst(), second);
            if (isOfACutOver(call)
                && Math.floorMod(pair.toString().hashCode(), each) == SLICE % each
                && pair.toString().contains(named)) {
              pairs.add(pair);
            }
          }
        });
    all(pairs, ending -> {});
    return List.copyOf(wrong);
  }

  private static boolean isOfACutOver(Call call) {
    return CUT_OVER.stream().anyMatch(call.activity()::startsWith);
  }

  private static Fault.Kind oneKind(long seed, Call call) {
    var possible = possible(call);
    return possible.get(Math.floorMod(mixed(seed + 1, call), possible.size())).kind();
  }

  private static List<Fault> possible(Call call) {
    return Arrays.stream(Fault.Kind.values())
        .map(kind -> new Fault(call, kind))
        .filter(Fault::isPossible)
        .toList();
  }

  private static int mixed(long seed, Call call) {
    return new Random(seed ^ call.toString().hashCode()).nextInt();
  }

  /** Every possible fault at every call; what went wrong. */
  private List<String> singles(Predicate<Fault> chosen) throws InterruptedException {
    var todo = new ConcurrentLinkedQueue<List<Fault>>();
    for (var call : undisturbed().calls()) {
      possible(call).stream().filter(chosen).forEach(fault -> todo.add(List.of(fault)));
    }
    all(todo, ending -> {});
    return List.copyOf(wrong);
  }

  private Story.Ending undisturbed() {
    try (var lane = new Lane()) {
      var ending = tried(lane, List.of());
      if (!ending.wrong().isEmpty() || !ending.word().equals("pass")) {
        throw new AssertionError(story + " undisturbed: " + ending.result() + ending.wrong());
      }
      return ending;
    }
  }

  private void all(Queue<List<Fault>> todo, Consumer<Story.Ending> told)
      throws InterruptedException {
    var count = todo.size();
    var began = System.nanoTime();
    var lanes = new ArrayList<Thread>();
    for (int n = 0; n < LANES; n++) {
      lanes.add(Thread.ofPlatform().name("lane-" + n).start(() -> work(todo, told)));
    }
    for (var lane : lanes) {
      lane.join();
    }
    out.printf(
        "%s, seed %d: %d runs in %d s %s%n",
        story, seed, count, (System.nanoTime() - began) / 1_000_000_000, endings);
  }

  private void work(Queue<List<Fault>> todo, Consumer<Story.Ending> told) {
    var faults = todo.poll();
    while (faults != null) {
      try (var lane = new Lane()) {
        for (int n = 0; n < RUNS_OF_A_LANE && faults != null; n++) {
          attempt(lane, faults, told);
          faults = todo.poll();
        }
      }
    }
  }

  private void attempt(Lane lane, List<Fault> faults, Consumer<Story.Ending> told) {
    try {
      var ending = tried(lane, faults);
      told.accept(ending);
      if (!ending.wrong().isEmpty()) {
        tell(
            faults,
            ending.word()
                + " "
                + ending.wrong()
                + " "
                + ending.asked()
                + ending.result().failure());
      }
      var parked = ending.asked().isEmpty() ? "" : " after parking";
      count(ending.notReached().isEmpty() ? ending.word() + parked : "not reached");
    } catch (RuntimeException | AssertionError e) {
      tell(faults, e.toString());
    }
  }

  private synchronized void count(String ending) {
    endings.merge(ending, 1, Integer::sum);
  }

  private synchronized void tell(List<Fault> faults, String what) {
    wrong.add(story + ", seed " + seed + ", " + faults + ": " + what);
    out.println(wrong.getLast());
  }

  private Story.Ending tried(Lane lane, List<Fault> faults) {
    var random = new Random(seed ^ faults.toString().hashCode());
    int silentFor = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(80);
    return story.tried(lane, "w" + WORLDS.incrementAndGet(), faults, silentFor);
  }
}
