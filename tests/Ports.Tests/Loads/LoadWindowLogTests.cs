using CsCheck;

namespace DaprMoE.Ports.Tests;

public sealed class LoadWindowLogTests
{
    private readonly MemoryState _state = new();
    private readonly LoadWindowLog _log;

    public LoadWindowLogTests() => _log = new LoadWindowLog(_state, "gateway");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAfter_NothingWritten_IsEmpty()
    {
        Assert.Empty((await _log.ReadAfterAsync(0, Cancel)).Windows);
        Assert.Equal(0, await _log.ReadNewestVersionAsync(Cancel));
    }

    /// <summary>Whatever the pace of the reader: each window once, in order, and none that are still kept is missed.</summary>
    [Fact]
    public async Task ReadAfter_AnyPace_SeesEachKeptWindowOnce()
    {
        await Gen.Int[0, 300].Array[1, 4].SampleAsync(async paces =>
        {
            LoadWindowLog log = new(new MemoryState(), "gateway");
            long written = 0;
            long read = 0;
            foreach (int pace in paces)
            {
                for (int i = 0; i < pace; i++)
                {
                    await log.WriteAsync(LoadWindowGen.Of(++written), Cancel);
                }

                LoadWindowBatch batch = await log.ReadAfterAsync(read, Cancel);
                long first = Math.Max(read + 1, written - LoadWindowLog.Places + 1);
                Assert.Equal(Versions(first, written), batch.Windows.Select(window => window.Version));
                read = Math.Max(read, written);
            }

            Assert.Equal(written, await log.ReadNewestVersionAsync(Cancel));
        }, iter: 30);
    }

    [Fact]
    public async Task ReadAfter_BrokenPlace_SkipsItAndCountsIt()
    {
        for (long version = 1; version <= 5; version++)
        {
            await _log.WriteAsync(LoadWindowGen.Of(version), Cancel);
        }

        await _state.SetAsync(StateKeys.Window("gateway", 3), new byte[] { 1, 2, 3, 4, 5, 6 }, Cancel);
        LoadWindowBatch batch = await _log.ReadAfterAsync(1, Cancel);
        Assert.Equal([2, 4, 5], batch.Windows.Select(window => window.Version));
        Assert.Equal(1, batch.Refused);
    }

    private static IEnumerable<long> Versions(long first, long last)
    {
        for (long version = first; version <= last; version++)
        {
            yield return version;
        }
    }
}
