package dev.resurge.activities.notice;

import dev.resurge.activities.installation.Notifications;
import dev.resurge.workflows.model.Notice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is told what. */
final class Routes {
  private final Notifications settings;

  Routes(Notifications settings) {
    this.settings = settings;
  }

  /** The channels that a notice goes to, each once, in the order of the file. */
  List<String> channels(Notice notice) {
    var wanted = new LinkedHashSet<String>();
    if (settings.routes().isEmpty()) {
      if (notice.event() != Notice.Event.STARTED) {
        wanted.addAll(settings.channels().keySet());
      }
    } else {
      settings.routes().stream()
          .filter(route -> route.matches(notice))
          .flatMap(route -> route.to().stream())
          .flatMap(this::reaching)
          .forEach(wanted::add);
    }
    notice.to().stream().flatMap(this::reaching).forEach(wanted::add);
    return settings.channels().keySet().stream().filter(wanted::contains).toList();
  }

  /** Those who are to be told and whom nothing reaches. */
  List<String> unreachable(Notice notice) {
    return notice.to().stream().filter(name -> reaching(name).findAny().isEmpty()).toList();
  }

  /** Whose channel it is alone; empty if others may read what is sent there. */
  Optional<String> owner(String channel) {
    var owners = new ArrayList<String>();
    settings
        .people()
        .forEach((person, channels) -> {
          if (channels.contains(channel)) {
            owners.add(person);
          }
        });
    var routedTo = settings.routes().stream().anyMatch(route -> route.to().contains(channel));
    return owners.size() == 1 && !routedTo ? Optional.of(owners.getFirst()) : Optional.empty();
  }

  /** A channel itself, or those of a person. */
  private Stream<String> reaching(String name) {
    return settings.channels().containsKey(name)
        ? Stream.of(name)
        : settings.people().getOrDefault(name, List.of()).stream();
  }
}
