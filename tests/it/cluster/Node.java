import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node in the foreground. Arguments: a folder for its files, then settings, each KEY=VALUE. It ends as soon as
 * there is nobody on the other side of its input, which is so even where a test was killed; with -Dtrial=true, once it
 * has started. With -Dpack=JAR it only packs this class.
 */
public class Node {
  /**
   * The parts that are needed. Others make the start slower, and the one with analyzers refuses every index on a Java
   * runtime without Thai.
   */
  private static final String MODULES =
      "org.opensearch.painless.PainlessModulePlugin,org.opensearch.transport.Netty4ModulePlugin";

  public static void main(String[] arguments) throws Exception {
    String jar = System.getProperty("pack");
    if (jar != null) {
      pack(Path.of(arguments[0]), Path.of(jar));
      return;
    }
    boolean isTrial = Boolean.getBoolean("trial");
    if (!isTrial) {
      Thread watch = new Thread(Node::endWithInput);
      watch.setDaemon(true);
      watch.start();
    }
    var runner = new OpenSearchRunner();
    runner.onBuild((number, settings) -> {
      for (int i = 1; i < arguments.length; i++) {
        String[] setting = arguments[i].split("=", 2);
        settings.put(setting[0], setting[1]);
      }
    });
    runner.build(OpenSearchRunner.newConfigs().numOfNode(1).basePath(arguments[0]).moduleTypes(MODULES));
    if (isTrial) {
      System.exit(0);
    }
    Thread.currentThread().join();
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("Node.class"));
      Files.copy(folder.resolve("Node.class"), out);
    }
  }
}
