package dev.resurge.starter.command;

import dev.resurge.activities.installation.SecretReader;
import dev.resurge.activities.notice.AnswerPages;
import dev.resurge.activities.notice.Notifier;
import dev.resurge.activities.notice.Notifier.Delivery;
import dev.resurge.starter.World;
import dev.resurge.workflows.model.ErrorType;
import dev.resurge.workflows.model.ResurgeException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./resurge notify test}. */
@Command(
    name = "test",
    description = "Send a test message to each channel, from this machine.",
    footer = {
      "",
      "Exits 5 if one of them was not told. The worker must reach them, too: run this where it runs."
    })
final class NotifyTestCommand extends BaseCommand {
  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Only this channel of notifications.channels; may be repeated.")
  private List<String> wanted = List.of();

  NotifyTestCommand(World world, Globals globals) {
    super(world, globals);
  }

  @Override
  Answer answer() {
    var notifier =
        new Notifier(
            world().installation(),
            new SecretReader(world().environment())::read,
            AnswerPages.NONE,
            world().clock());
    var deliveries = notifier.test(chosen(notifier.channels()));
    var failed = deliveries.stream().anyMatch(d -> d.failure().isPresent());
    return new Answer(
        failed ? ErrorType.NOTICE_UNDELIVERED.exitCode() : 0,
        deliveries.stream().flatMap(d -> lines(d).stream()).toList(),
        Answer.fields("ok", !failed, "channels", deliveries.stream().map(this::json).toList()));
  }

  private List<String> chosen(List<String> all) {
    if (all.isEmpty()) {
      throw new ResurgeException(
          ErrorType.CONFIGURATION_INVALID,
          "notifications.channels names none, so nobody is told anything;"
              + " docs/notifications.md has an example");
    }
    for (var name : wanted) {
      if (!all.contains(name)) {
        throw new ResurgeException(
            ErrorType.INPUT_INVALID,
            "there is no channel '" + name + "'; there are " + String.join(", ", all));
      }
    }
    return wanted.isEmpty() ? all : wanted;
  }

  private List<String> lines(Delivery delivery) {
    var lines = new ArrayList<String>();
    var told = delivery.failure().isEmpty();
    lines.add(
        (told ? style().good("ok  ") : style().bad("fail"))
            + " "
            + delivery.channel()
            + ": "
            + (told ? "delivered, " + delivery.where() : delivery.failure().get().getMessage()));
    delivery.failure().ifPresent(f -> lines.add("       next: " + f.type().remedy()));
    return lines;
  }

  private Object json(Delivery delivery) {
    return Answer.fields(
        "channel", delivery.channel(),
        "where", delivery.where(),
        "delivered", delivery.failure().isEmpty(),
        "error", delivery.failure().map(f -> f.type().id()),
        "message", delivery.failure().map(ResurgeException::getMessage));
  }
}
