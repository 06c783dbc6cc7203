using System.Runtime.InteropServices;
using DaprMoE.Scheduling;

namespace DaprMoE.Ports;

/// <summary>
/// Writes calls as frames. An input row that several pairs of a call read is sent once. One caller at a time; allocates nothing after
/// construction.
/// </summary>
/// <param name="limits">What a frame may hold.</param>
/// <param name="lossy">Whether rows are sent as bf16.</param>
public sealed unsafe class CallEncoder(FrameLimits limits, bool lossy = false)
{
    private readonly int[] _rowOfToken = Unseen(limits.MaxRows);
    private readonly int[] _tokens = new int[limits.MaxRows];
    private int _rows;
    private CallLayout _layout;

    /// <summary>Finds the call's distinct rows and tells the bytes of its frame, for <see cref="Write"/>, which comes next.</summary>
    /// <exception cref="FrameException">The call holds more than the limits allow.</exception>
    public int Measure(ExpertCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        LayerAssignments all = call.Assignments;
        FrameCheck.Equal("hidden size", all.HiddenSize, limits.HiddenSize);
        FrameCheck.Range("input rows", all.InputRows, 0, limits.MaxRows);
        FrameCheck.Range("pairs", call.Rows, 0, limits.MaxPairs);
        FindRows(call, all.Tokens);
        _layout = CallLayout.Of(call.Groups.Length, call.Rows, _rows, limits.HiddenSize, lossy);
        return checked((int)_layout.TotalBytes);
    }

    /// <summary>Writes the call that was measured last.</summary>
    /// <param name="call">The call.</param>
    /// <param name="address">Whom it is for.</param>
    /// <param name="kind">A call, or an echo.</param>
    /// <param name="frame">Receives the frame; as long as <see cref="Measure"/> said.</param>
    public void Write(ExpertCall call, CallAddress address, FrameKind kind, Span<byte> frame)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, _layout.TotalBytes, nameof(frame));
        MemoryMarshal.Write(frame, Header(call, address, kind));
        WriteGroups(call.Groups, MemoryMarshal.Cast<byte, int>(frame[_layout.Groups..(int)_layout.PairRows]));
        WritePairs(call, frame);
        WriteRows(call.Assignments, frame[(int)_layout.Input..(int)_layout.Checksum]);
        MemoryMarshal.Write(frame[(int)_layout.Checksum..], FrameFormat.Checksum(frame[..(int)_layout.Checksum]));
        Forget();
    }

    private static int[] Unseen(int tokens)
    {
        int[] rows = new int[tokens];
        rows.AsSpan().Fill(-1);
        return rows;
    }

    private static void WriteGroups(ReadOnlySpan<ReplicaGroup> groups, Span<int> values)
    {
        for (int i = 0; i < groups.Length; i++)
        {
            values[3 * i] = groups[i].Expert;
            values[(3 * i) + 1] = groups[i].Index;
            values[(3 * i) + 2] = groups[i].Count;
        }
    }

    private void FindRows(ExpertCall call, ReadOnlySpan<int> tokens)
    {
        Forget();
        foreach (ReplicaGroup group in call.Groups)
        {
            foreach (int token in tokens.Slice(group.First, group.Count))
            {
                if (_rowOfToken[token] < 0)
                {
                    _rowOfToken[token] = _rows;
                    _tokens[_rows++] = token;
                }
            }
        }
    }

    private void Forget()
    {
        foreach (int token in _tokens.AsSpan(0, _rows))
        {
            _rowOfToken[token] = -1;
        }

        _rows = 0;
    }

    private CallHeader Header(ExpertCall call, CallAddress address, FrameKind kind) => new()
    {
        Frame = new FrameHeader
        {
            Magic = FrameFormat.Magic,
            Version = FrameFormat.Version,
            Kind = (byte)kind,
            Flags = lossy ? FrameFormat.Lossy : (byte)0,
            Call = call.Id,
            Incarnation = address.Incarnation,
        },
        Model = address.Model,
        PlanVersion = call.PlanVersion,
        TimeoutMs = (int)Math.Clamp(call.Timeout.TotalMilliseconds, 0, limits.MaxTimeout.TotalMilliseconds),
        Layer = call.Assignments.Layer,
        Device = address.Device,
        HiddenSize = limits.HiddenSize,
        TopK = call.Assignments.TopK,
        Groups = call.Groups.Length,
        Pairs = call.Rows,
        Rows = _rows,
    };

    private void WritePairs(ExpertCall call, Span<byte> frame)
    {
        LayerAssignments all = call.Assignments;
        Span<int> rows = MemoryMarshal.Cast<byte, int>(frame[(int)_layout.PairRows..(int)_layout.Weights]);
        Span<float> weights = MemoryMarshal.Cast<byte, float>(frame[(int)_layout.Weights..(int)_layout.Terms]);
        Span<byte> terms = frame[(int)_layout.Terms..(int)_layout.Input];
        int pair = 0;
        foreach (ReplicaGroup group in call.Groups)
        {
            all.Weights.Slice(group.First, group.Count).CopyTo(weights[pair..]);
            all.Terms.Slice(group.First, group.Count).CopyTo(terms[pair..]);
            foreach (int token in all.Tokens.Slice(group.First, group.Count))
            {
                rows[pair++] = _rowOfToken[token];
            }
        }

        terms[pair..].Clear();
    }

    private void WriteRows(LayerAssignments all, Span<byte> input)
    {
        int hidden = limits.HiddenSize;
        int stride = FrameFormat.RowBytes(hidden, lossy);
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<float> values = new(all.Input + ((long)_tokens[row] * hidden), hidden);
            RowBytes.Write(values, input.Slice(row * stride, stride), lossy);
        }
    }
}
