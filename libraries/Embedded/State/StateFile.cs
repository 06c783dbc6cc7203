using DaprMoE.Ports;
using Microsoft.Data.Sqlite;

namespace DaprMoE.Embedded;

/// <summary>Opens the file of a <see cref="SqliteStateStore"/>: its settings, its table, and what makes it ours.</summary>
internal static class StateFile
{
    /// <summary>Stands in the file's header: "DMoE".</summary>
    private const int ApplicationId = 0x444D6F45;

    /// <summary>Version of the table.</summary>
    private const int Format = 1;

    private const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;";

    private static readonly string Create = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS state (etag INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, value BLOB NOT NULL);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Format};
        COMMIT;
        """;

    public static SqliteConnection Open(string path)
    {
        SqliteConnection? connection = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            RequireOurs(connection, path);
            Execute(connection, Settings);
            Execute(connection, Create);
            return connection;
        }
        catch (Exception exception) when (exception is SqliteException or StateStoreException or IOException or UnauthorizedAccessException)
        {
            connection?.Dispose();
            throw exception as StateStoreException ?? Fault(path, exception);
        }
    }

    public static StateStoreException Fault(string path, Exception exception) => exception is SqliteException { SqliteErrorCode: 11 or 26 }
        ? Damaged(path, exception.Message, exception)
        : new StateStoreException(
            $"The state file {path} can't be used: {exception.Message} Check its folder's rights and free space.", exception);

    private static StateStoreException Damaged(string path, string what, Exception? exception = null) => new(
        $"The state file {path} is damaged ({what}). It is left as it is: restore it, or move it away, and DaprMoE begins with an "
        + "empty one (plans and predictors are made anew, bills are lost).",
        exception);

    private static void RequireOurs(SqliteConnection connection, string path)
    {
        long tables = Number(connection, "SELECT count(*) FROM sqlite_schema");
        long application = Number(connection, "PRAGMA application_id");
        long format = Number(connection, "PRAGMA user_version");
        if (tables > 0 && (application != ApplicationId || format != Format))
        {
            throw new StateStoreException(
                $"The file {path} is an SQLite file of something else (application {application}, version {format}; "
                + $"allowed: {ApplicationId}, {Format}). Name another file.");
        }

        if (tables > 0 && Scalar(connection, "PRAGMA quick_check(1)") is string check && check != "ok")
        {
            throw Damaged(path, check);
        }
    }

    private static long Number(SqliteConnection connection, string sql) => (long)Scalar(connection, sql)!;

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
