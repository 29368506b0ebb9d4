package dev.resurge.activities.step;

import dev.resurge.activities.spi.ComponentDriver;
import dev.resurge.activities.spi.Partial;
import dev.resurge.activities.spi.Queryable;
import dev.resurge.activities.spi.Stageable;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import dev.resurge.workflows.runbook.Component;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The drivers there are, found by a component's record. */
public final class Drivers {
  private final Map<Class<?>, ComponentDriver<?>> byRecord;

  public Drivers(List<ComponentDriver<?>> drivers) {
    byRecord =
        drivers.stream().collect(Collectors.toMap(ComponentDriver::component, Function.identity()));
  }

  /** The driver of a component whose data can be staged and swapped. */
  @SuppressWarnings("unchecked") // a driver is registered under the record it is made for
  public Stageable<Component> stageable(Component component) {
    if (byRecord.get(component.getClass()) instanceof Stageable<?> driver) {
      return (Stageable<Component>) driver;
    }
    throw unsupported(component, "be restored beside the live data");
  }

  /** The driver of a component of which a part can be brought back. */
  @SuppressWarnings("unchecked") // a driver is registered under the record it is made for
  public Partial<Component> partial(Component component) {
    if (byRecord.get(component.getClass()) instanceof Partial<?> driver) {
      return (Partial<Component>) driver;
    }
    throw unsupported(component, "be brought back in part");
  }

  /** The driver of a component that answers SQL. */
  @SuppressWarnings("unchecked") // a driver is registered under the record it is made for
  public Queryable<Component> queryable(Component component) {
    if (byRecord.get(component.getClass()) instanceof Queryable<?> driver) {
      return (Queryable<Component>) driver;
    }
    throw unsupported(component, "be asked with SQL");
  }

  private static ResurgeException unsupported(Component component, String what) {
    return new ResurgeException(
        ErrorType.RUNBOOK_INVALID,
        "component '" + component.name() + "' of type " + component.type() + " cannot " + what);
  }
}
