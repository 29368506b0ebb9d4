package dev.resurge.starter.view;

import dev.resurge.starter.view.Terminal.Typed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lines from stdin, read beside everything else, so that a question can be withdrawn while a person
 * is still thinking. Reading begins with the first wait.
 */
final class TypedLines {
  private final BlockingQueue<Typed> queue = new LinkedBlockingQueue<>();
  private final AtomicBoolean reading = new AtomicBoolean();
  private final InputStream in;
  private final Charset charset;

  TypedLines(InputStream in, Charset charset) {
    this.in = in;
    this.charset = charset;
  }

  Typed await(Duration atMost) {
    start();
    try {
      var typed = queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
      if (typed instanceof Typed.Closed) {
        queue.add(typed); // stays closed for whoever asks next
      }
      return typed == null ? new Typed.Nothing() : typed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Typed.Closed();
    }
  }

  void forget() {
    start();
    queue.removeIf(Typed.Line.class::isInstance);
  }

  private void start() {
    if (reading.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("stdin").start(this::read);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(in, charset))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        queue.add(new Typed.Line(line));
      }
    } catch (IOException e) {
      queue.add(new Typed.Closed());
      return;
    }
    queue.add(new Typed.Closed());
  }
}
