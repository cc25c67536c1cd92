import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * One Neo4j Community server whose data can be kept and brought back. Arguments: home folder, Bolt port. The password
 * comes in LOCAL_NEO4J_PASSWORD. One command a line on standard input (snapshot ID, restore ID, down, up), one reply a
 * line on standard output after "@@". Ends when standard input closes.
 *
 * A snapshot is a copy of the stopped database's files: Community cannot stop one database of a running server, and a
 * stopped server has checkpointed and let go of them. Users and passwords live elsewhere and stay as they are.
 */
public final class LocalNeo4j {
    private static final List<String> PARTS = List.of("databases/neo4j", "transactions/neo4j");
    private static Path home;
    private static int port;
    private static DatabaseManagementService server;

    public static void main(String[] arguments) throws Exception {
        home = Path.of(arguments[0]).toAbsolutePath();
        port = Integer.parseInt(arguments[1]);
        Files.createDirectories(home);
        writeSettings();
        Runtime.getRuntime().addShutdownHook(new Thread(LocalNeo4j::down));
        up();
        server.database("system").executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("password", System.getenv("LOCAL_NEO4J_PASSWORD")));
        reply("ready");
        try (var input = new BufferedReader(new InputStreamReader(System.in))) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                try {
                    obey(line.trim().split("\\s+", 2));
                    reply("ok " + line.trim());
                } catch (Exception problem) {
                    reply("error " + line.trim() + ": " + problem.getMessage());
                }
            }
        }
        System.exit(0);
    }

    private static void obey(String[] words) throws IOException {
        switch (words[0]) {
            case "snapshot" -> {
                down();
                for (String part : PARTS) copy(home.resolve("data").resolve(part), snapshot(words[1]).resolve(part));
                up();
            }
            case "restore" -> {
                if (!Files.isDirectory(snapshot(words[1]))) throw new IOException("no such snapshot");
                down();
                for (String part : PARTS) copy(snapshot(words[1]).resolve(part), home.resolve("data").resolve(part));
                up();
            }
            case "down" -> down();
            case "up" -> up();
            default -> throw new IOException("unknown command");
        }
    }

    private static synchronized void up() {
        if (server != null) return;
        server = new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("neo4j.conf")).build();
    }

    private static void writeSettings() throws IOException {
        Files.writeString(home.resolve("neo4j.conf"), String.join("\n",
                "server.bolt.enabled=true",
                "server.bolt.listen_address=127.0.0.1:" + port,
                "server.bolt.advertised_address=127.0.0.1:" + port,
                "dbms.security.auth_enabled=true",
                "dbms.usage_report.enabled=false",
                "server.memory.pagecache.size=32m",
                "db.tx_log.preallocate=false",
                "db.tx_log.rotation.size=1m",
                "internal.dbms.bolt.netty_server_shutdown_quiet_period=0",
                ""));
    }

    private static synchronized void down() {
        if (server == null) return;
        server.shutdown();
        server = null;
    }

    private static Path snapshot(String id) {
        if (!id.matches("[A-Za-z0-9-]{1,64}")) throw new IllegalArgumentException("not a snapshot id");
        return home.resolve("snapshots").resolve(id);
    }

    private static void reply(String words) {
        System.out.println("@@ " + words);
        System.out.flush();
    }

    private static void copy(Path from, Path to) throws IOException {
        remove(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, IOException problem) throws IOException {
                Files.delete(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
