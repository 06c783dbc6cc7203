using System.Runtime.InteropServices;
using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>
/// A call as a host reads it. Reusable; its rows, weights and terms are views of the bytes that it was read from, which therefore stay as
/// they are until it is read anew. Takes no memory for a frame that is refused.
/// </summary>
/// <param name="limits">What a frame may hold.</param>
/// <param name="model">Fingerprint of the model that is served.</param>
public sealed class CallFrame(FrameLimits limits, UInt128 model)
{
    private CallHeader _header;
    private CallLayout _layout;
    private ReadOnlyMemory<byte> _bytes;
    private ReplicaGroup[] _groups = [];
    private ulong[] _terms = [];
    private float[] _widened = [];

    /// <summary>A call, or an echo.</summary>
    public FrameKind Kind => (FrameKind)_header.Frame.Kind;

    /// <summary>Names the call among those of its caller.</summary>
    public long Call => _header.Frame.Call;

    /// <summary>The life of the host that the caller knows.</summary>
    public ulong Incarnation => _header.Frame.Incarnation;

    /// <summary>Version of the caller's plan.</summary>
    public long PlanVersion => _header.PlanVersion;

    /// <summary>How long the device may take, loads included.</summary>
    public TimeSpan Timeout => TimeSpan.FromMilliseconds(_header.TimeoutMs);

    /// <summary>The layer.</summary>
    public int Layer => _header.Layer;

    /// <summary>The device, numbered within the host.</summary>
    public int Device => _header.Device;

    /// <summary>Experts per token.</summary>
    public int TopK => _header.TopK;

    /// <summary>Whether its rows were bf16, and those of the answer shall be.</summary>
    public bool Lossy => (_header.Frame.Flags & FrameFormat.Lossy) != 0;

    /// <summary>Distinct input rows.</summary>
    public int Rows => _header.Rows;

    /// <summary>Pairs of all groups.</summary>
    public int Pairs => _header.Pairs;

    /// <summary>The replicas called, by expert, then by index.</summary>
    public ReadOnlySpan<ReplicaGroup> Groups => _groups.AsSpan(0, _header.Groups);

    /// <summary>For each pair the input row that it reads.</summary>
    public ReadOnlySpan<int> PairRows => MemoryMarshal.Cast<byte, int>(Part(_layout.PairRows, _layout.Weights));

    /// <summary>For each pair its combine weight.</summary>
    public ReadOnlySpan<float> Weights => MemoryMarshal.Cast<byte, float>(Part(_layout.Weights, _layout.Terms));

    /// <summary>For each pair its place among its token's terms. No two pairs of a row have the same.</summary>
    public ReadOnlySpan<byte> Terms => Part(_layout.Terms, _layout.Input)[..Pairs];

    /// <summary>The distinct input rows, [rows, H].</summary>
    public ReadOnlySpan<float> Input => Lossy
        ? _widened.AsSpan(0, Rows * limits.HiddenSize)
        : MemoryMarshal.Cast<byte, float>(Part(_layout.Input, _layout.Checksum));

    /// <summary>Reads a frame.</summary>
    /// <exception cref="FrameException">A field is out of its range, or the frame was damaged.</exception>
    public void Read(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> frame = bytes.Span;
        CallHeader header = FrameReader.Header<CallHeader>(frame);
        Check(in header);
        bool lossy = (header.Frame.Flags & FrameFormat.Lossy) != 0;
        CallLayout layout = CallLayout.Of(header.Groups, header.Pairs, header.Rows, limits.HiddenSize, lossy);
        FrameReader.CheckWhole(frame, layout.TotalBytes);
        (_header, _layout, _bytes) = (header, layout, bytes);
        ReadGroups(MemoryMarshal.Cast<byte, int>(Part(_layout.Groups, _layout.PairRows)));
        CheckPairs();
        if (lossy)
        {
            Widen();
        }
    }

    private void Check(in CallHeader header)
    {
        if (header.Frame.Kind is not ((byte)FrameKind.Call or (byte)FrameKind.Echo))
        {
            FrameCheck.Refuse("kind", header.Frame.Kind, $"{(int)FrameKind.Call} or {(int)FrameKind.Echo}");
        }

        if (header.Model != model)
        {
            throw new FrameException("model", $"{header.Model:x32}", $"{model:x32}, which is served here");
        }

        FrameCheck.Range("timeout in ms", header.TimeoutMs, 0, (long)limits.MaxTimeout.TotalMilliseconds);
        FrameCheck.Range("layer", header.Layer, 0, limits.ExpertsPerLayer.Count - 1);
        FrameCheck.Range("device", header.Device, 0, limits.Devices - 1);
        FrameCheck.Equal("hidden size", header.HiddenSize, limits.HiddenSize);
        FrameCheck.Range("top-k", header.TopK, 1, limits.MaxTopK);
        FrameCheck.Range("rows", header.Rows, 0, limits.MaxRows);
        FrameCheck.Range("pairs", header.Pairs, header.Rows, Math.Min(limits.MaxPairs, (long)header.Rows * header.TopK));
        FrameCheck.Range("groups", header.Groups, header.Pairs > 0 ? 1 : 0, header.Pairs);
    }

    private void ReadGroups(ReadOnlySpan<int> values)
    {
        _groups = Grown(_groups, _header.Groups);
        int experts = limits.ExpertsPerLayer[_header.Layer];
        int first = 0;
        (int Expert, int Index) last = (-1, -1);
        for (int i = 0; i < _header.Groups; i++)
        {
            ReplicaGroup group = new(values[3 * i], values[(3 * i) + 1], first, values[(3 * i) + 2]);
            FrameCheck.Range("expert", group.Expert, 0, experts - 1);
            FrameCheck.Range("replica index", group.Index, 0, limits.MaxReplicas - 1);
            FrameCheck.Range("pairs of a group", group.Count, 1, _header.Pairs - first);
            if ((group.Expert, group.Index).CompareTo(last) <= 0)
            {
                throw new FrameException(
                    "group", $"E{group.Expert}.R{group.Index}", $"ascending, so one after E{last.Expert}.R{last.Index}");
            }

            _groups[i] = group;
            first += group.Count;
            last = (group.Expert, group.Index);
        }

        FrameCheck.Equal("sum of the groups' pairs", first, _header.Pairs);
    }

    private void CheckPairs()
    {
        _terms = Grown(_terms, Rows);
        _terms.AsSpan(0, Rows).Clear();
        ReadOnlySpan<int> rows = PairRows;
        ReadOnlySpan<byte> terms = Terms;
        for (int pair = 0; pair < rows.Length; pair++)
        {
            FrameCheck.Range("row of a pair", rows[pair], 0, Rows - 1);
            FrameCheck.Range("term of a pair", terms[pair], 0, TopK - 1);
            ulong bit = 1UL << terms[pair];
            if ((_terms[rows[pair]] & bit) != 0)
            {
                throw new FrameException("term of a pair", $"{terms[pair]}", $"each term of row {rows[pair]} once");
            }

            _terms[rows[pair]] |= bit;
        }
    }

    private void Widen()
    {
        int hidden = limits.HiddenSize;
        int stride = FrameFormat.RowBytes(hidden, lossy: true);
        _widened = Grown(_widened, Rows * hidden);
        ReadOnlySpan<byte> input = Part(_layout.Input, _layout.Checksum);
        for (int row = 0; row < Rows; row++)
        {
            RowBytes.Read(input.Slice(row * stride, stride), _widened.AsSpan(row * hidden, hidden), lossy: true);
        }
    }

    private static T[] Grown<T>(T[] array, int count) => array.Length >= count ? array : new T[(int)Math.Min(Array.MaxLength, 2L * count)];

    private ReadOnlySpan<byte> Part(long from, long to) => _bytes.Span[(int)from..(int)to];
}
