package dev.resurge.activities.component.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * Lets the JDBC driver connect over a Unix socket, which the JDK offers as a channel only. The
 * driver makes it by reflection and passes it the socket's path ({@code socketFactoryArg}).
 */
public final class UnixSocketFactory extends SocketFactory {
  private final String path;

  /**
   * @param path such as {@code /var/run/postgresql/.s.PGSQL.5432}
   */
  public UnixSocketFactory(String path) {
    this.path = path;
  }

  @Override
  public Socket createSocket() throws IOException {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected();
  }

  private Socket connected() throws IOException {
    var socket = createSocket();
    socket.connect(null);
    return socket;
  }

  /**
   * As much of a socket as the driver uses. Options that only TCP has are taken and do nothing;
   * read timeouts, which channels do not have, are remembered and do nothing.
   */
  private static final class UnixSocket extends Socket {
    private final String path;
    private final SocketChannel channel;
    private int timeout;

    UnixSocket(String path) throws IOException {
      this.path = path;
      this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
      connect(ignored, 0);
    }

    @Override
    public void connect(SocketAddress ignored, int limit) throws IOException {
      try {
        channel.connect(UnixDomainSocketAddress.of(path));
      } catch (IOException e) {
        throw new SocketException(path + ": " + e.getMessage(), e);
      }
    }

    @Override
    public InputStream getInputStream() {
      return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream getOutputStream() {
      return Channels.newOutputStream(channel);
    }

    @Override
    public boolean isConnected() {
      return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
      return !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }

    @Override
    public int getSoTimeout() {
      return timeout;
    }

    @Override
    public void setSoTimeout(int limit) {
      timeout = limit;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
      return true;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getSendBufferSize() {
      return 1 << 16;
    }

    @Override
    public int getReceiveBufferSize() {
      return 1 << 16;
    }
  }
}
