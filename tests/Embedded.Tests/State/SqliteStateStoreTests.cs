using System.Text;
using CsCheck;
using DaprMoE.Ports;
using Microsoft.Data.Sqlite;

namespace DaprMoE.Embedded.Tests;

public sealed class SqliteStateStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-state-").FullName;

    private string File => Path.Combine(_folder, "deeper", "state.db");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Get_AfterReopening_IsWhatWasSet()
    {
        using (SqliteStateStore store = SqliteStateStore.Open(File))
        {
            await store.SetAsync(StateKeys.Plan, "first"u8.ToArray(), Cancel);
        }

        using SqliteStateStore again = SqliteStateStore.Open(File);
        Assert.Equal("first", TextOf(await again.GetAsync(StateKeys.Plan, Cancel)));
        Assert.Null(await again.GetAsync(StateKeys.Forecast, Cancel));
    }

    /// <summary>What another connection reads while the first one is still open is what a killed process would leave.</summary>
    [Fact]
    public async Task Get_BesideTheWriter_SeesEveryWrite()
    {
        using SqliteStateStore writer = SqliteStateStore.Open(File);
        using SqliteStateStore reader = SqliteStateStore.Open(File);
        await writer.SetAsync(StateKeys.Plan, "first"u8.ToArray(), Cancel);
        StateEntry? seen = await reader.GetAsync(StateKeys.Plan, Cancel);
        Assert.Equal("first", TextOf(seen));
        Assert.True(await reader.TrySetAsync(StateKeys.Plan, "second"u8.ToArray(), seen!.ETag, Cancel));
        Assert.False(await writer.TrySetAsync(StateKeys.Plan, "third"u8.ToArray(), seen.ETag, Cancel));
        Assert.Equal("second", TextOf(await writer.GetAsync(StateKeys.Plan, Cancel)));
    }

    [Fact]
    public async Task Open_LogOfAKilledProcess_IsRead()
    {
        string copy = Path.Combine(_folder, "copy.db");
        using (SqliteStateStore store = SqliteStateStore.Open(File))
        {
            await store.SetAsync(StateKeys.Plan, "kept"u8.ToArray(), Cancel);
            // What the disk holds at this moment: the file and its write-ahead log, nothing closed.
            System.IO.File.Copy(File, copy);
            System.IO.File.Copy(File + "-wal", copy + "-wal");
        }

        using SqliteStateStore survivor = SqliteStateStore.Open(copy);
        Assert.Equal("kept", TextOf(await survivor.GetAsync(StateKeys.Plan, Cancel)));
    }

    [Fact]
    public async Task TrySet_Creators_OnlyTheFirstSucceeds()
    {
        using SqliteStateStore store = SqliteStateStore.Open(File);
        Assert.True(await store.TrySetAsync(StateKeys.Plan, "a"u8.ToArray(), etag: null, Cancel));
        Assert.False(await store.TrySetAsync(StateKeys.Plan, "b"u8.ToArray(), etag: null, Cancel));
        Assert.False(await store.TrySetAsync(StateKeys.Plan, "b"u8.ToArray(), etag: "no number", Cancel));
    }

    [Fact]
    public async Task TrySet_ETagFromBeforeADelete_IsStale()
    {
        using SqliteStateStore store = SqliteStateStore.Open(File);
        await store.SetAsync(StateKeys.Plan, "a"u8.ToArray(), Cancel);
        StateEntry? old = await store.GetAsync(StateKeys.Plan, Cancel);
        await store.DeleteAsync(StateKeys.Plan, Cancel);
        Assert.False(await store.TrySetAsync(StateKeys.Plan, "b"u8.ToArray(), old!.ETag, Cancel));
        await store.SetAsync(StateKeys.Plan, "a"u8.ToArray(), Cancel);
        Assert.False(await store.TrySetAsync(StateKeys.Plan, "b"u8.ToArray(), old.ETag, Cancel));
    }

    /// <summary>Against a dictionary: the same answers to any sequence of calls.</summary>
    [Fact]
    public async Task Store_AnyCalls_BehavesAsADictionaryWithVersions()
    {
        using SqliteStateStore store = SqliteStateStore.Open(File);
        string[] keys = [StateKeys.Plan, StateKeys.Predictor("a"), StateKeys.Window("gateway", 3)];
        Dictionary<string, (byte[] Value, string ETag)> model = [];
        HashSet<string> used = [];
        await Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Byte.Array[0, 20]).SampleAsync(async (key, call, value) =>
        {
            string name = keys[key];
            bool known = model.TryGetValue(name, out (byte[] Value, string ETag) before);
            bool written = call switch
            {
                0 => await store.TrySetAsync(name, value, etag: null, Cancel) is bool created && Same(created, !known),
                1 => await store.TrySetAsync(name, value, known ? before.ETag : "1", Cancel) is bool set && Same(set, known),
                2 => await SetAsync(store, name, value),
                _ => await DeleteAsync(store, name, model),
            };
            StateEntry? now = await store.GetAsync(name, Cancel);
            if (written)
            {
                Assert.True(used.Add(now!.ETag));
                model[name] = (value, now.ETag);
            }

            Assert.Equal(model.ContainsKey(name), now is not null);
            Assert.True(now is null || now.Value.Span.SequenceEqual(model[name].Value));
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedByNameAndKept()
    {
        string path = Path.Combine(_folder, "notes.txt");
        System.IO.File.WriteAllText(path, new string('x', 5000));
        StateStoreException error = Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(path).Length);
    }

    [Fact]
    public async Task Open_DamagedPages_AreRefusedByName()
    {
        using (SqliteStateStore store = SqliteStateStore.Open(File))
        {
            for (int place = 0; place < LoadWindowLog.Places; place++)
            {
                await store.SetAsync(StateKeys.Window("gateway", place), new byte[3000], Cancel);
            }
        }

        using (FileStream file = new(File, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 4096 + 8;
            file.Write(Enumerable.Repeat((byte)0xA5, 12000).ToArray());
        }

        StateStoreException error = Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(File));
        Assert.Contains($"{File} is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseOfSomethingElse_IsRefusedByName()
    {
        string path = Path.Combine(_folder, "other.db");
        using (SqliteConnection other = new($"Data Source={path};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (x)";
            command.ExecuteNonQuery();
        }

        StateStoreException error = Assert.Throws<StateStoreException>(() => SqliteStateStore.Open(path));
        Assert.Contains("of something else", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_KeyThatIsNone_IsRefused()
    {
        using SqliteStateStore store = SqliteStateStore.Open(File);
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.SetAsync("a||b", default, Cancel));
    }

    private static bool Same(bool actual, bool expected)
    {
        Assert.Equal(expected, actual);
        return actual;
    }

    private static async Task<bool> SetAsync(SqliteStateStore store, string name, byte[] value)
    {
        await store.SetAsync(name, value, Cancel);
        return true;
    }

    private static async Task<bool> DeleteAsync(SqliteStateStore store, string name, Dictionary<string, (byte[] Value, string ETag)> model)
    {
        await store.DeleteAsync(name, Cancel);
        model.Remove(name);
        return false;
    }

    private static string? TextOf(StateEntry? entry) => entry is null ? null : Encoding.UTF8.GetString(entry.Value.Span);
}
