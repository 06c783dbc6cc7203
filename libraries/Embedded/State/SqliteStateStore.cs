using System.Globalization;
using DaprMoE.Ports;
using Microsoft.Data.Sqlite;

namespace DaprMoE.Embedded;

/// <summary>
/// State in one SQLite file with a write-ahead log: what was written is still there when the process is killed the moment after. Safe for
/// any thread, and for several processes on one machine. Calls run on the caller's thread, about a millisecond each.
/// </summary>
public sealed class SqliteStateStore : IStateStore, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly Lock _gate = new();

    private SqliteStateStore(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens a file, or makes it and its folder.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StateStoreException">The file is damaged, is no state of DaprMoE, or can't be opened.</exception>
    public static SqliteStateStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        return new SqliteStateStore(StateFile.Open(full), full);
    }

    /// <inheritdoc/>
    public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        StateLimits.Require(key);
        return Run(command =>
        {
            command.CommandText = "SELECT etag, value FROM state WHERE key = $key";
            command.Parameters.AddWithValue("$key", key);
            using SqliteDataReader reader = command.ExecuteReader();
            return reader.Read() ? new StateEntry(reader.GetFieldValue<byte[]>(1), TextOf(reader.GetInt64(0))) : null;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        StateLimits.Require(key, value.Length);
        // A replaced row gets a new, higher ETag.
        await Run(command =>
        {
            command.CommandText = "INSERT OR REPLACE INTO state (key, value) VALUES ($key, $value)";
            return Write(command, key, value);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySetAsync(string key, ReadOnlyMemory<byte> value, string? etag, CancellationToken cancellationToken)
    {
        StateLimits.Require(key, value.Length);
        return Run(command =>
        {
            if (etag is null)
            {
                command.CommandText = "INSERT OR IGNORE INTO state (key, value) VALUES ($key, $value)";
                return Write(command, key, value);
            }

            command.CommandText =
                "INSERT OR REPLACE INTO state (key, value) "
                + "SELECT $key, $value WHERE EXISTS (SELECT 1 FROM state WHERE key = $key AND etag = $etag)";
            command.Parameters.AddWithValue("$etag", NumberOf(etag));
            return Write(command, key, value);
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(string key, CancellationToken cancellationToken)
    {
        StateLimits.Require(key);
        await Run(command =>
        {
            command.CommandText = "DELETE FROM state WHERE key = $key";
            command.Parameters.AddWithValue("$key", key);
            return command.ExecuteNonQuery();
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private static bool Write(SqliteCommand command, string key, ReadOnlyMemory<byte> value)
    {
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value.ToArray());
        return command.ExecuteNonQuery() > 0;
    }

    private static string TextOf(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    // What is no number was never given out, and no row has −1.
    private static long NumberOf(string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;

    private ValueTask<T> Run<T>(Func<SqliteCommand, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            using SqliteCommand command = _connection.CreateCommand();
            try
            {
                return new ValueTask<T>(work(command));
            }
            catch (SqliteException exception)
            {
                throw StateFile.Fault(_path, exception);
            }
        }
    }
}
