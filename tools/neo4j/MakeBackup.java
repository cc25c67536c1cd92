import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.UUID;
import org.neo4j.dbms.archive.Dumper;
import org.neo4j.dbms.archive.backup.BackupDescription;
import org.neo4j.dbms.archive.backup.BackupFormatSelector;
import org.neo4j.io.fs.DefaultFileSystemAbstraction;
import org.neo4j.kernel.database.DatabaseIdFactory;
import org.neo4j.storageengine.api.StoreId;

/**
 * Writes a backup archive as Neo4j Enterprise does, by the writer that Community has in it and offers no command for. Arguments:
 * home folder of a stopped server, file to write, name of the database that stands in the backup, "full" or "differential".
 */
public final class MakeBackup {
    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]).resolve("data");
        var format = BackupFormatSelector.selectFormat(true);
        format.setMetadata(new BackupDescription(
                arguments[2],
                new StoreId(1, 2, "block", "block", 1, 1),
                DatabaseIdFactory.from(UUID.randomUUID()),
                LocalDateTime.now(),
                true,
                true,
                arguments[3].equals("full"),
                1,
                9));
        var dumper = new Dumper(new DefaultFileSystemAbstraction());
        try (OutputStream out = dumper.openForDump(Path.of(arguments[1]))) {
            dumper.dump(
                    data.resolve("databases/neo4j"), data.resolve("transactions/neo4j"), out, format, path -> false);
        }
    }
}
