package dev.resurge.activities.component.files.tar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code length key=value} records of a pax extended header. Values are bytes: GNU tar puts
 * names and attribute values in as they are.
 */
final class PaxRecords {
  private static final Set<String> KNOWN =
      Set.of(
          "path",
          "linkpath",
          "size",
          "mtime",
          "uid",
          "gid",
          "GNU.sparse.major",
          "GNU.sparse.minor",
          "GNU.sparse.name",
          "GNU.sparse.realsize");
  private static final List<String> ATTRIBUTES =
      List.of("SCHILY.xattr.", "SCHILY.acl.", "RHT.security.selinux");

  private final Map<String, RawName> records = new LinkedHashMap<>();
  private final List<String> oddities = new ArrayList<>();
  private Optional<SparseMap> sparse = Optional.empty();
  private long sparseOffset = -1;

  /** Reads all records of one header. */
  static PaxRecords parse(byte[] content, long position) throws MalformedArchiveException {
    var records = new PaxRecords();
    int at = 0;
    while (at < content.length) {
      int end = at + recordLength(content, at, position);
      int key = at;
      while (content[key] != ' ') {
        key++;
      }
      int equals = key;
      while (equals < end && content[equals] != '=') {
        equals++;
      }
      if (equals == end || content[end - 1] != '\n') {
        throw malformed(position, "a record without '=' or end of line");
      }
      records.add(
          RawName.of(content, key + 1, equals - key - 1).ascii(),
          RawName.of(content, equals + 1, end - equals - 2));
      at = end;
    }
    return records;
  }

  private static int recordLength(byte[] content, int at, long position)
      throws MalformedArchiveException {
    long length = 0;
    int i = at;
    while (i < content.length && content[i] >= '0' && content[i] <= '9' && i - at < 10) {
      length = length * 10 + (content[i++] - '0');
    }
    // The shortest record is "5 a=\n": digits, blank, key, equals sign, end of line.
    if (i == at || i == content.length || content[i] != ' ' || length < i - at + 4L) {
      throw malformed(position, "a record without a length");
    }
    if (length > content.length - at) {
      throw malformed(position, "a record longer than its header");
    }
    return (int) length;
  }

  private static MalformedArchiveException malformed(long position, String why) {
    return new MalformedArchiveException("pax header at byte " + position + ": " + why);
  }

  private void add(String key, RawName value) throws MalformedArchiveException {
    switch (key) {
      case "GNU.sparse.offset" -> sparseOffset = decimal(key, value);
      case "GNU.sparse.numbytes" -> sparseMap().add(sparseOffset, decimal(key, value));
      case "GNU.sparse.map" -> addMap(value.ascii());
      default -> {
        if (records.put(key, value) != null) {
          oddities.add("pax keyword " + key + " twice");
        }
      }
    }
    if (!KNOWN.contains(key) && ATTRIBUTES.stream().noneMatch(key::startsWith)) {
      oddities.add("pax keyword " + key);
    }
  }

  private void addMap(String list) throws MalformedArchiveException {
    var numbers = list.split(",", -1);
    for (int i = 0; i + 1 < numbers.length; i += 2) {
      sparseMap()
          .add(
              decimal("GNU.sparse.map", RawName.of(numbers[i])),
              decimal("GNU.sparse.map", RawName.of(numbers[i + 1])));
    }
  }

  private SparseMap sparseMap() {
    if (sparse.isEmpty()) {
      sparse = Optional.of(new SparseMap());
    }
    return sparse.get();
  }

  Optional<RawName> text(String key) {
    return Optional.ofNullable(records.get(key));
  }

  /** A whole number that is not negative. */
  Optional<Long> number(String key) throws MalformedArchiveException {
    var value = records.get(key);
    return value == null ? Optional.empty() : Optional.of(decimal(key, value));
  }

  /** Seconds with nine decimals. */
  Optional<String> time(String key) throws MalformedArchiveException {
    var value = records.get(key);
    if (value == null) {
      return Optional.empty();
    }
    var text = value.ascii();
    if (!text.matches("-?\\d{1,18}(\\.\\d+)?")) {
      throw new MalformedArchiveException("pax keyword " + key + " is no time: " + value);
    }
    int point = text.indexOf('.');
    var fraction = point < 0 ? "" : text.substring(point + 1);
    return Optional.of(
        (point < 0 ? text : text.substring(0, point))
            + "."
            + (fraction + "000000000").substring(0, 9));
  }

  /** The map of formats 0.0 and 0.1. */
  Optional<SparseMap> sparse() {
    return sparse;
  }

  /** Extended attributes, ACLs, security labels. */
  SortedMap<String, RawName> attributes() {
    var attributes = new TreeMap<String, RawName>();
    records.forEach((key, value) -> {
      if (ATTRIBUTES.stream().anyMatch(key::startsWith)) {
        attributes.put(key, value);
      }
    });
    return attributes;
  }

  List<String> oddities() {
    return oddities;
  }

  private static long decimal(String key, RawName value) throws MalformedArchiveException {
    var text = value.ascii();
    if (!text.matches("\\d{1,18}")) {
      throw new MalformedArchiveException("pax keyword " + key + " is no number: " + value);
    }
    return Long.parseLong(text);
  }
}
