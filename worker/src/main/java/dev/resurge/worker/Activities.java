package dev.resurge.worker;

import java.util.List;

/** The activity implementations to register. */
record Activities(List<Object> all) {
  Activities {
    all = List.copyOf(all);
  }
}
