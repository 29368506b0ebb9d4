package dev.resurge.workflows.retention;

import dev.resurge.workflows.runbook.Keep;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;

/** A stretch of the calendar of which one set stays. */
enum Period {
  DAY("daily", "days") {
    @Override
    int kept(Keep keep) {
      return keep.daily();
    }

    @Override
    LocalDate begin(LocalDate day) {
      return day;
    }

    @Override
    String name(LocalDate begin) {
      return begin.toString();
    }
  },
  WEEK("weekly", "weeks") {
    @Override
    int kept(Keep keep) {
      return keep.weekly();
    }

    @Override
    LocalDate begin(LocalDate day) {
      return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    String name(LocalDate begin) {
      return DateTimeFormatter.ISO_WEEK_DATE.format(begin).replaceFirst("-\\d$", "");
    }
  },
  MONTH("monthly", "months") {
    @Override
    int kept(Keep keep) {
      return keep.monthly();
    }

    @Override
    LocalDate begin(LocalDate day) {
      return day.withDayOfMonth(1);
    }

    @Override
    String name(LocalDate begin) {
      return YearMonth.from(begin).toString();
    }
  },
  YEAR("yearly", "years") {
    @Override
    int kept(Keep keep) {
      return keep.yearly();
    }

    @Override
    LocalDate begin(LocalDate day) {
      return day.withDayOfYear(1);
    }

    @Override
    String name(LocalDate begin) {
      return Year.from(begin).toString();
    }
  };

  private final String rule;
  private final String plural;

  Period(String rule, String plural) {
    this.rule = rule;
    this.plural = plural;
  }

  /** How many of them have a set that stays. */
  abstract int kept(Keep keep);

  /** The first day of the one that {@code day} is in. */
  abstract LocalDate begin(LocalDate day);

  /** The first day of the one that is at {@code moment}, in that zone. */
  LocalDate begin(Instant moment, ZoneId zone) {
    return begin(moment.atZone(zone).toLocalDate());
  }

  /** The rule's name: {@code daily}. */
  String rule() {
    return rule;
  }

  /** Several of them: {@code days}. */
  String plural() {
    return plural;
  }

  /** What the one that begins then is called: {@code 2026-W47}. */
  abstract String name(LocalDate begin);
}
