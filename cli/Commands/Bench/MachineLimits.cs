using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>Probes of the machine's own limits, 0.2 s each, with the threads that are being measured.</summary>
internal sealed class MachineLimits : IDisposable
{
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(0.2);

    private readonly WorkerPool _workers;
    private readonly NativeBuffer _buffer;

    public unsafe MachineLimits(WorkerPool workers)
    {
        _workers = workers;
        _buffer = new NativeBuffer(MachineProbe.MinBufferBytes);

        // Pages that were never written all map to one page of zeros, which would be read from the cache.
        for (long at = 0; at < _buffer.Length; at += Environment.SystemPageSize)
        {
            _buffer.Pointer[at] = 1;
        }
    }

    /// <summary>f32 fused multiply-adds, as floating-point operations per second.</summary>
    public double Flops() => MachineProbe.FmaPeak(_workers, ProbeTime);

    /// <summary>Bytes read from memory per second.</summary>
    public double Bandwidth() => MachineProbe.ReadBandwidth(_workers, _buffer, ProbeTime);

    public void Dispose() => _buffer.Dispose();
}
