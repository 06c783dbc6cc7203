namespace DaprMoE.Models;

/// <summary>Where and how a model is packed; the defaults fit everybody.</summary>
public sealed record PackOptions
{
    /// <summary>The folder for the packed file; null: beside the checkpoint, or where that can't be written, in the cache.</summary>
    public string? Folder { get; init; }

    /// <summary>The cache's root; null: <c>$XDG_CACHE_HOME/daprmoe</c>, <c>~/.cache/daprmoe</c>, or a private temporary folder.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Threads that pack, at least 1. Default: the processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>How long to wait for another process that is packing the same model, and then to fail.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The clock for <see cref="LockTimeout"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Sees what the model computes and the bytes that its packed file has or will have, before anything is written or mapped.
    /// An exception ends opening and is thrown as it is.
    /// </summary>
    public Action<ModelDescription, long>? Approve { get; init; }

    /// <summary>Opens a lock file.</summary>
    internal Func<string, FileStream> OpenLock { get; init; } = PackLock.Open;
}
