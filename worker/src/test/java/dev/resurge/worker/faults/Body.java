package dev.resurge.worker.faults;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * One attempt of an activity, with all its threads. It numbers its external calls and lets happen
 * to them what the run's script says.
 */
final class Body implements Hook.Listener {
  /** The call of this thread that fails once it is done. */
  private static final ThreadLocal<Fault> FAILS_AFTER = new ThreadLocal<>();

  private final Script script;
  private final String activity;
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Runnable given;
  private volatile boolean dead;
  private volatile boolean hung;

  /**
   * @param givenUp called when an attempt stops answering: as its heartbeat timeout would
   */
  Body(Script script, String activity, Runnable givenUp) {
    this.script = script;
    this.activity = activity;
    this.given = givenUp;
  }

  @Override
  public void before(String name) {
    struck(name)
        .ifPresent(fault -> {
          if (fault.kind() == Fault.Kind.BEFORE) {
            throw Failing.of(name, fault);
          }
          FAILS_AFTER.set(fault);
        });
  }

  @Override
  public int errno(String name) {
    var fault = struck(name);
    if (fault.filter(f -> f.kind() == Fault.Kind.BEFORE).isPresent()) {
      return Failing.EIO;
    }
    fault.ifPresent(FAILS_AFTER::set);
    return 0;
  }

  /** The fault that hits this call as an error; deaths and silences are dealt with here. */
  private Optional<Fault> struck(String name) {
    dieIfDead();
    var call = new Call(activity, name, seen.merge(name, 1, Integer::sum));
    var fault = script.next(call);
    if (fault.filter(f -> f.kind() == Fault.Kind.DEATH).isPresent()) {
      dead = true;
      throw new Death();
    }
    if (fault.filter(f -> f.kind() == Fault.Kind.NEVER).isPresent()) {
      hang();
      return Optional.empty();
    }
    return fault;
  }

  /** Once only: who was given up already is a zombie, whatever else befalls it. */
  private void hang() {
    if (hung) {
      return;
    }
    hung = true;
    script.hangs(this);
    given.run();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  @Override
  public void after(String name) {
    dieIfDead();
    var fault = FAILS_AFTER.get();
    if (fault != null) {
      FAILS_AFTER.remove();
      throw Failing.of(name, fault);
    }
  }

  private void dieIfDead() {
    if (dead) {
      throw new Death();
    }
  }

  /** A call that never answered goes on. */
  void release() {
    released.countDown();
  }

  boolean isDead() {
    return dead;
  }

  /** Whether it was given up while it was alive. */
  boolean isHung() {
    return hung;
  }

  String activity() {
    return activity;
  }
}
