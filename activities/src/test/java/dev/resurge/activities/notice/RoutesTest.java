package dev.resurge.activities.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resurge.activities.installation.Notifications;
import dev.resurge.activities.installation.Notifications.Ntfy;
import dev.resurge.activities.installation.Notifications.Route;
import dev.resurge.workflows.model.Notice;
import dev.resurge.workflows.model.Notice.Event;
import dev.resurge.workflows.model.Severity;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoutesTest {
  /** Guide 003's table: page, alert within the hour, ticket, watch. */
  private static final Routes GUIDE_003 =
      routes(
          Map.of("alice", List.of("pager"), "boss", List.of("boss-mail")),
          route(List.of(), List.of(Severity.CRITICAL), List.of(), "alice"),
          route(List.of(), List.of(Severity.CRITICAL, Severity.HIGH), List.of(), "team"),
          route(List.of(), List.of(Severity.MEDIUM), List.of(), "tickets"),
          route(List.of(Event.DONE, Event.FAILED), List.of(Severity.LOW), List.of("shop"), "log"));

  private static Routes routes(Map<String, List<String>> people, Route... routes) {
    var channels = new LinkedHashMap<String, Notifications.Channel>();
    for (var name : List.of("pager", "team", "tickets", "log", "boss-mail")) {
      channels.put(
          name, new Ntfy(URI.create("https://x"), name, Optional.empty(), Optional.empty()));
    }
    return new Routes(new Notifications(channels, people, List.of(routes)));
  }

  private static Route route(
      List<Event> events, List<Severity> severities, List<String> systems, String... to) {
    return new Route(events, severities, systems, List.of(to));
  }

  @ParameterizedTest
  @CsvSource({
    "failed,          CRITICAL, library, pager+team",
    "parked,          HIGH,     library, team",
    "done,            MEDIUM,   library, tickets",
    "done,            LOW,      library, ''",
    "done,            LOW,      shop,    log",
    "started,         LOW,      shop,    ''",
    "failed,          LOW,      shop,    log",
  })
  void routesChooseByEventSeverityAndSystem(
      String event, Severity severity, String system, String channels) {
    var notice = notice(Notice.event(event).orElseThrow(), severity, system);
    assertThat(String.join("+", GUIDE_003.channels(notice))).isEqualTo(channels);
  }

  @ParameterizedTest
  @EnumSource(Event.class)
  void withoutRoutesEverybodyIsToldAllButThatARunBegan(Event event) {
    var told = routes(Map.of()).channels(notice(event, Severity.LOW, "library"));
    assertThat(told).hasSize(event == Event.STARTED ? 0 : 5);
  }

  @Test
  void whomANoticeNamesIsToldBesidesTheRoutesAndNobodyTwice() {
    var notice = to("boss", "alice", "team", "nobody");
    assertThat(GUIDE_003.channels(notice)).containsExactly("pager", "team", "boss-mail");
    assertThat(GUIDE_003.unreachable(notice)).containsExactly("nobody");
  }

  @Test
  void aChannelIsSomebodysOwnOnlyIfNobodyElseReadsIt() {
    var shared = Map.of("alice", List.of("pager", "team", "log"), "bob", List.of("log"));
    var routes = routes(shared, route(List.of(), List.of(), List.of(), "team", "bob"));
    assertThat(routes.owner("pager")).contains("alice");
    assertThat(routes.owner("team")).isEmpty();
    assertThat(routes.owner("log")).isEmpty();
    assertThat(routes.owner("tickets")).isEmpty();
  }

  private static Notice notice(Event event, Severity severity, String system) {
    var some = Told.notice(event, severity);
    return new Notice(
        event,
        severity,
        system,
        some.procedure(),
        some.run(),
        some.title(),
        some.lines(),
        some.code(),
        some.answers(),
        some.to(),
        some.at());
  }

  private static Notice to(String... people) {
    return Told.notice(Event.ESCALATED, Severity.CRITICAL).to(List.of(people));
  }
}
