package dev.resurge.activities.component.files;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.resurge.activities.spi.ArtifactReader;
import dev.resurge.activities.spi.ArtifactWriter;
import dev.resurge.workflows.model.Artifact;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A set in a directory, with or without zstd; what is half written is not there. */
class DirectorySet implements ArtifactWriter, ArtifactReader {
  private final Path root;
  private final boolean compressed;

  DirectorySet(Path root, boolean compressed) {
    this.root = root;
    this.compressed = compressed;
  }

  /** The file of an artifact. */
  Path file(Artifact artifact) {
    return root.resolve(artifact.path());
  }

  @Override
  public Artifact put(String name, Body body) {
    var path = "documents/" + name + (compressed ? ".zst" : "");
    var part = root.resolve(path + ".part");
    try {
      Files.createDirectories(part.getParent());
      long raw;
      try (var out = Files.newOutputStream(part);
          var counted = new Counting(compressed ? new ZstdOutputStream(out, 1) : out)) {
        body.writeTo(counted);
        raw = counted.count;
      }
      Files.move(part, root.resolve(path));
      return new Artifact(
          path,
          Files.size(root.resolve(path)),
          raw,
          sha256(root.resolve(path)),
          compressed ? List.of("zstd") : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(Artifact artifact) {
    try {
      var in = Files.newInputStream(file(artifact));
      return compressed ? new ZstdInputStream(in) : in;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Counting extends FilterOutputStream {
    private long count;

    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
