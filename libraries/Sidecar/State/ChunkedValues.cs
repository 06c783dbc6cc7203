using System.Text.Json;
using DaprMoE.Ports;

namespace DaprMoE.Sidecar;

/// <summary>
/// Values of any size over a store whose sidecar bounds bodies. A large value is written as chunks under a name of its own; then the key,
/// by compare-and-set, comes to say which chunks it means. So a reader sees the old value or the new one, never a mixture. A process that
/// is killed between the two leaves its chunks behind; with a time to live they end by themselves.
/// </summary>
internal sealed class ChunkedValues(IStateCalls calls, TimeProvider clock)
{
    /// <summary>Below the 4 MiB that a sidecar takes unless told otherwise.</summary>
    public const int ChunkBytes = 2 << 20;

    private const int ReadTries = 5;
    private const int WriteTries = 100;

    /// <summary>Null when there is none.</summary>
    public async Task<StateEntry?> GetAsync(string key, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < ReadTries; attempt++)
        {
            StateEntry? head = await calls.GetAsync(key, cancellationToken).ConfigureAwait(false);
            if (head is null || Manifest(key, head) is not { } manifest)
            {
                return head;
            }

            // Chunks that are not there were replaced meanwhile; then the key says which ones it means now.
            if (await ReadAsync(manifest, cancellationToken).ConfigureAwait(false) is { } value)
            {
                return new StateEntry(value, head.ETag);
            }
        }

        throw new StateStoreException(
            $"State '{key}' is kept in chunks, and some are not there. Delete the key if nobody is writing it.");
    }

    /// <summary>The last writer wins.</summary>
    public async Task SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < WriteTries; attempt++)
        {
            StateEntry? head = await calls.GetAsync(key, cancellationToken).ConfigureAwait(false);
            if (await ReplaceAsync(key, value, head, timeToLive, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        throw new StateStoreException(
            $"State '{key}' can't be written: others were faster {WriteTries} times. Let fewer processes write it.");
    }

    /// <summary>False when the key is in another state than the one that was seen.</summary>
    public async Task<bool> TrySetAsync(
        string key, ReadOnlyMemory<byte> value, string? etag, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        StateEntry? head = await calls.GetAsync(key, cancellationToken).ConfigureAwait(false);
        return head?.ETag == etag && await ReplaceAsync(key, value, head, timeToLive, cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        StateEntry? head;
        do
        {
            head = await calls.GetAsync(key, cancellationToken).ConfigureAwait(false);
        }
        while (head is not null && !await calls.TryDeleteAsync(key, head.ETag, cancellationToken).ConfigureAwait(false));

        await ForgetAsync(key, head, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ReplaceAsync(
        string key, ReadOnlyMemory<byte> value, StateEntry? head, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        ChunkManifest? manifest = null;
        // An empty value is one of no chunks: to PostgreSQL it would be no value at all.
        if (value.IsEmpty || value.Length > ChunkBytes || ChunkManifest.IsMarked(value.Span))
        {
            manifest = new ChunkManifest(NewName(), (value.Length + ChunkBytes - 1) / ChunkBytes, value.Length);
            await WriteAsync(manifest, value, timeToLive, cancellationToken).ConfigureAwait(false);
        }

        ReadOnlyMemory<byte> content = manifest?.Encode() ?? value;
        if (await calls.TrySetAsync(key, content, head?.ETag, timeToLive, cancellationToken).ConfigureAwait(false))
        {
            await ForgetAsync(key, head, cancellationToken).ConfigureAwait(false);
            return true;
        }

        await DeleteAsync(manifest, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task WriteAsync(
        ChunkManifest manifest, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        int start = 0;
        foreach (string chunk in manifest.Keys())
        {
            int length = Math.Min(ChunkBytes, value.Length - start);
            await calls.SetAsync(chunk, value.Slice(start, length), timeToLive, cancellationToken).ConfigureAwait(false);
            start += length;
        }
    }

    /// <summary>Null when a chunk is not there.</summary>
    private async Task<byte[]?> ReadAsync(ChunkManifest manifest, CancellationToken cancellationToken)
    {
        byte[] value = new byte[Math.Min(manifest.Bytes, ObjectLimits.MaxObjectBytes)];
        int start = 0;
        foreach (string chunk in manifest.Keys())
        {
            StateEntry? part = await calls.GetAsync(chunk, cancellationToken).ConfigureAwait(false);
            if (part is null || part.Value.Length > value.Length - start)
            {
                return null;
            }

            part.Value.CopyTo(value.AsMemory(start));
            start += part.Value.Length;
        }

        return start == manifest.Bytes ? value : null;
    }

    /// <summary>Deletes the chunks of a value that no key means any more.</summary>
    private Task ForgetAsync(string key, StateEntry? head, CancellationToken cancellationToken) =>
        DeleteAsync(head is null ? null : Manifest(key, head), cancellationToken);

    private async Task DeleteAsync(ChunkManifest? manifest, CancellationToken cancellationToken)
    {
        foreach (string chunk in manifest?.Keys() ?? [])
        {
            await calls.DeleteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ChunkManifest? Manifest(string key, StateEntry head)
    {
        try
        {
            return ChunkManifest.Decode(head.Value.Span);
        }
        catch (JsonException exception)
        {
            throw new StateStoreException($"State '{key}' is damaged: {exception.Message} Delete it.", exception);
        }
    }

    private string NewName() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
}
