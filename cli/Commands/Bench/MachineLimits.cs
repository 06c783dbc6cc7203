using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>Probes of the machine's own limits, 0.2 s each, with the threads that are being measured.</summary>
internal sealed class MachineLimits(WorkerPool workers) : IDisposable
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(0.2);

    private readonly NativeBuffer _buffer = MachineProbe.CreateReadBuffer();

    /// <summary>f32 fused multiply-adds, as floating-point operations per second.</summary>
    public double Flops() => MachineProbe.FmaPeak(workers, ProbeTime);

    /// <summary>Bytes read from memory per second.</summary>
    public double Bandwidth() => MachineProbe.ReadBandwidth(workers, _buffer, ProbeTime);

    public void Dispose() => _buffer.Dispose();
}
