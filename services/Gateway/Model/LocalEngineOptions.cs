using DaprMoE.DirectTransport;
using DaprMoE.Scheduling;
using DaprMoE.Tensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprMoE.Gateway;

/// <summary>How the engine of one process is composed.</summary>
public sealed record LocalEngineOptions
{
    /// <value>Threads that compute; at least 1. The default is one per core.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <value>Longest sequence in tokens; the default (null) is the model's, at most 8,192.</value>
    public int? ContextLength { get; init; }

    /// <value>Most sequences in one iteration. The default is 16.</value>
    public int MaxRunning { get; init; } = 16;

    /// <value>Most sequences that wait. The default is 256.</value>
    public int MaxQueued { get; init; } = 256;

    /// <value>Most rows of one iteration. The default is 512.</value>
    public int TokenBudget { get; init; } = 512;

    /// <value>Tokens of KV cache; the default (null) is MaxRunning contexts, at most 1 GiB; it is at least one context.</value>
    public int? KvTokens { get; init; }

    /// <value>Devices that the experts are divided over; at least 1, which is the default.</value>
    public int Devices { get; init; } = 1;

    /// <value>
    /// Bytes of experts that each device may hold. Without it (null, the default) one device maps all experts, and several hold one and a
    /// half times all experts between them.
    /// </value>
    public long? DeviceMemory { get; init; }

    /// <value>What the devices emulate; the default (null) is nothing: they are real.</value>
    public EmulationOptions? Emulation { get; init; }

    /// <value>What decides which replicas experts have; the default (null) is <c>auto</c> where there is a choice, otherwise <c>static</c>.</value>
    public string? Policy { get; init; }

    /// <summary>Whether replicas can be here or there; where every expert is mapped, once, nothing is to be decided.</summary>
    public bool HasChoice => ExpertHosts.Count > 0 || Devices > 1 || DeviceMemory is not null;

    /// <summary>The policy to begin with.</summary>
    public string PolicyAtStart => Policy ?? LivePolicies.Default(HasChoice);

    /// <value>How an expert's tokens are divided over its replicas; the default (null) is what the policy wants.</value>
    public string? SplitRule { get; init; }

    /// <value>What computes the experts of this process, by name. The default is <c>cpu</c>.</value>
    public string Backend { get; init; } = "cpu";

    /// <value>Where the backend computes, in its words: <c>cpu</c>, which is the default, or <c>cuda:N</c>.</value>
    public string BackendDevice { get; init; } = "cpu";

    /// <value>The format that the backend holds weights and computes in; the default (null) is its own.</value>
    public DType? Compute { get; init; }

    /// <value>Expert hosts that have the experts instead of devices of this process; none by default.</value>
    public IReadOnlyList<Uri> ExpertHosts { get; init; } = [];

    /// <value>How to prove oneself to expert hosts, and whom to trust.</value>
    public HostSecurity HostSecurity { get; init; } = new();

    /// <value>Whether rows travel to expert hosts as bf16: half the bytes, but texts may differ. The default is false.</value>
    public bool LossyFrames { get; init; }

    /// <value>Where it is logged that expert hosts join or are lost; nowhere by default.</value>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <value>How long a layer waits for devices after its first failure. The default is 30 s.</value>
    public TimeSpan ExpertWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>What memory and calls cost on the bill.</value>
    public BillPrices Prices { get; init; } = new BillOptions().Prices;

    /// <value>The clock of waits and measurements.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <value>Vector width of the kernels; the default is the widest that runs in hardware.</value>
    public VectorWidth Width { get; init; } = VectorWidths.Best;
}
