package dev.resurge.worker.faults;

/** For trying. */
public final class Boot {
  public static void main(String[] arguments) throws Exception {
    var loader = new RewritingLoader();
    Thread.currentThread().setContextClassLoader(loader);
    loader
        .loadClass("dev.resurge.worker.faults.Campaign")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
