using System.Text.Json;
using DaprMoE.Ports;

namespace DaprMoE.Embedded;

/// <summary>
/// The runs that have not ended, kept in state: what a restart begins again. One document, since runs are few and their inputs small.
/// </summary>
internal sealed class OpenRuns(IStateStore state) : IDisposable
{
    internal const string Key = "workflow-runs";
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Dictionary<string, OpenRun> _runs = new(StringComparer.Ordinal);

    /// <summary>Reads what an earlier process left.</summary>
    /// <exception cref="StateStoreException">It can't be read.</exception>
    public async Task<IReadOnlyList<OpenRun>> ReadAsync(CancellationToken cancellationToken)
    {
        StateEntry? entry = await state.GetAsync(Key, cancellationToken).ConfigureAwait(false);
        return entry is null ? [] : Decode(entry.Value.Span);
    }

    public Task AddAsync(OpenRun run, CancellationToken cancellationToken) =>
        WriteAsync(runs => runs[run.Id] = run, cancellationToken);

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => WriteAsync(runs => runs.Remove(id), cancellationToken);

    public void Dispose() => _writing.Dispose();

    private async Task WriteAsync(Action<Dictionary<string, OpenRun>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            change(_runs);
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(_runs.Values.ToArray(), JsonSerializerOptions.Web);
            await state.SetAsync(Key, bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static OpenRun[] Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            OpenRun[] runs = JsonSerializer.Deserialize<OpenRun[]>(bytes, JsonSerializerOptions.Web) ?? [];
            return [.. runs.Where(run => run is { Id: not null, Workflow: not null })];
        }
        catch (JsonException exception)
        {
            throw new StateStoreException(
                $"'{Key}' holds no list of workflow runs: {exception.Message} Delete it; runs that were under way are lost then.",
                exception);
        }
    }
}
