package dev.resurge.worker.faults;

/**
 * What rewritten classes call around each of their external calls. Loaded once, by the class loader
 * that both the rewriting and the rewritten classes share, so that both mean the same.
 */
public final class Hook {
  private static final InheritableThreadLocal<Listener> LISTENER = new InheritableThreadLocal<>();

  private Hook() {}

  /** Hears of every external call of a thread and of the threads that it starts. */
  public interface Listener {
    /** Just before the effect; what it throws, the call throws without having done anything. */
    void before(String call);

    /** Just after the effect; what it throws, the call throws although it was done. */
    void after(String call);

    /** As {@link #before} of a call that answers with an errno: 0 to go on. */
    int errno(String call);
  }

  /** From now on {@code listener} hears of this thread; null for nobody. */
  public static void listen(Listener listener) {
    if (listener == null) {
      LISTENER.remove();
    } else {
      LISTENER.set(listener);
    }
  }

  /** Called by rewritten classes. */
  public static void before(String call) {
    var listener = LISTENER.get();
    if (listener != null) {
      listener.before(call);
    }
  }

  /** Called by rewritten classes. */
  public static void after(String call) {
    var listener = LISTENER.get();
    if (listener != null) {
      listener.after(call);
    }
  }

  /** Called by rewritten classes. */
  public static int errno(String call) {
    var listener = LISTENER.get();
    return listener == null ? 0 : listener.errno(call);
  }
}
