package dev.resurge.activities.installation;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike: {@code 10.1.0.0/16}, {@code fd00::/8}, or a single one.
 *
 * @param bits how many from the left are the same
 */
public record AddressRange(InetAddress first, int bits) {
  private static final Pattern BITS = Pattern.compile("\\d{1,3}");

  /**
   * Reads one; never asks a name server.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    var first = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int all = first.getAddress().length * Byte.SIZE;
    var given = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
    if (!BITS.matcher(given).matches() || Integer.parseInt(given) > all) {
      throw new IllegalArgumentException("/" + given + " of " + all + " bits");
    }
    return new AddressRange(first, Integer.parseInt(given));
  }

  /** Whether the address is one of them; an IPv4 address is never one of IPv6. */
  public boolean contains(InetAddress address) {
    var mine = first.getAddress();
    var other = address.getAddress();
    int rest = mine.length * Byte.SIZE - bits;
    return mine.length == other.length
        && new BigInteger(1, mine)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }
}
