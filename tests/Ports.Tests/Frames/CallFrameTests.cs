using System.IO.Hashing;
using System.Runtime.InteropServices;
using DaprMoE.Scheduling;

namespace DaprMoE.Ports.Tests;

public sealed class CallFrameTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(16, 4)]
    public void Read_WrittenCall_HasItsFieldsPairsAndRows(int tokens, int topK)
    {
        TestCall test = new(tokens, topK, expert => expert != 3);
        CallFrame frame = Read(test.Encode());

        Assert.Equal((FrameKind.Call, 42L, 77UL, 3L), (frame.Kind, frame.Call, frame.Incarnation, frame.PlanVersion));
        Assert.Equal((2, 1, topK, TimeSpan.FromSeconds(2)), (frame.Layer, frame.Device, frame.TopK, frame.Timeout));
        Assert.Equal(test.Call.Rows, frame.Pairs);
        AssertSamePairs(test, frame);
    }

    [Fact]
    public void Write_RowReadByManyPairs_IsSentOnce()
    {
        CallFrame frame = Read(new TestCall(tokens: 5, topK: 4, _ => true).Encode());
        Assert.Equal((5, 20), (frame.Rows, frame.Pairs));
    }

    [Fact]
    public void Write_SameCallTwice_IsTheSameFrame()
    {
        TestCall test = new(tokens: 7, topK: 3, expert => expert < 4);
        Assert.Equal(test.Encode(), test.Encode());
    }

    [Fact]
    public void Read_LossyCall_RoundsRowsToNearestEven()
    {
        TestCall test = new(tokens: 2, topK: 2, _ => true);
        CallFrame frame = Read(test.Encode(lossy: true));
        Assert.True(frame.Lossy);
        for (int i = 0; i < frame.Input.Length; i++)
        {
            Assert.Equal(0u, BitConverter.SingleToUInt32Bits(frame.Input[i]) & 0xFFFF);
            Assert.Equal(test.Row(0)[i % TestCall.Hidden] + (i / TestCall.Hidden * 0.37f * TestCall.Hidden), frame.Input[i], 0.02f);
        }
    }

    [Fact]
    public void EncodeAndRead_SteadyState_AllocateNothing()
    {
        TestCall test = new(tokens: 16, topK: 4, _ => true);
        CallEncoder encoder = new(TestCall.Limits);
        CallFrame frame = new(TestCall.Limits, TestCall.Model);
        byte[] bytes = new byte[encoder.Measure(test.Call)];
        encoder.Write(test.Call, TestCall.Address, FrameKind.Call, bytes);
        frame.Read(bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        encoder.Measure(test.Call);
        encoder.Write(test.Call, TestCall.Address, FrameKind.Call, bytes);
        frame.Read(bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(0, 0u, "magic number")]
    [InlineData(4, 9u, "version")]
    [InlineData(7, 4u, "flags")]
    [InlineData(6, 2u, "kind")]
    [InlineData(6, 0u, "kind")]
    [InlineData(24, 1u, "model")]
    [InlineData(48, uint.MaxValue, "timeout in ms")]
    [InlineData(52, 3u, "layer")]
    [InlineData(56, 2u, "device")]
    [InlineData(60, 7u, "hidden size")]
    [InlineData(64, 5u, "top-k")]
    [InlineData(68, 0u, "groups")]
    [InlineData(72, 1u << 30, "pairs")]
    [InlineData(76, 17u, "rows")]
    [InlineData(80, 8u, "expert")]
    [InlineData(84, 70000u, "replica index")]
    [InlineData(88, 0u, "pairs of a group")]
    public void Read_FieldOutOfRange_IsRefusedByName(int at, uint value, string field)
    {
        byte[] bytes = new TestCall(tokens: 4, topK: 2, _ => true).Encode();
        if (at is 4)
        {
            MemoryMarshal.Write(bytes.AsSpan(at), (ushort)value);
        }
        else if (at is 6 or 7)
        {
            bytes[at] = (byte)value;
        }
        else
        {
            MemoryMarshal.Write(bytes.AsSpan(at), value);
        }

        FrameException exception = Refused(Sealed(bytes));
        Assert.Equal(field, exception.Field);
        Assert.Contains($"The frame's {field} is {exception.Value}; allowed: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(87)]
    public void Read_TooShort_NamesTheLength(int length) =>
        Assert.Equal("length in bytes", Refused(new byte[length]).Field);

    [Fact]
    public void Read_CutOrLengthened_NamesTheLength()
    {
        byte[] bytes = new TestCall(tokens: 4, topK: 2, _ => true).Encode();
        Assert.Equal("length in bytes", Refused(bytes[..^1]).Field);
        Assert.Equal("length in bytes", Refused([.. bytes, 0]).Field);
    }

    [Fact]
    public void Read_AnyBitFlipped_IsRefused()
    {
        byte[] bytes = new TestCall(tokens: 2, topK: 2, _ => true).Encode();
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] damaged = [.. bytes];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(damaged);
        }
    }

    [Fact]
    public void Read_TermTwiceInARow_IsRefused()
    {
        TestCall test = new(tokens: 2, topK: 2, _ => true);
        test.Call.Assignments.Terms.Clear();
        Assert.Equal("term of a pair", Refused(test.Encode()).Field);
    }

    [Fact]
    public void Read_GroupsNotAscending_IsRefused()
    {
        TestCall test = new(tokens: 1, topK: 2, _ => false);
        test.Call.Add(new ReplicaGroup(5, 0, 0, 1));
        test.Call.Add(new ReplicaGroup(5, 0, 1, 1));
        FrameException exception = Refused(test.Encode());
        Assert.Equal(("group", "E5.R0"), (exception.Field, exception.Value));
    }

    private static CallFrame Read(byte[] bytes)
    {
        CallFrame frame = new(TestCall.Limits, TestCall.Model);
        frame.Read(bytes);
        return frame;
    }

    private static FrameException Refused(byte[] bytes) => Assert.Throws<FrameException>(() => Read(bytes));

    /// <summary>A frame with a checksum that fits, so that what is checked behind it is reached.</summary>
    private static byte[] Sealed(byte[] bytes)
    {
        MemoryMarshal.Write(bytes.AsSpan(bytes.Length - 8), XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - 8)));
        return bytes;
    }

    private static void AssertSamePairs(TestCall test, CallFrame frame)
    {
        LayerAssignments all = test.Call.Assignments;
        int pair = 0;
        foreach (ReplicaGroup group in test.Call.Groups)
        {
            Assert.Contains(group with { First = pair }, frame.Groups.ToArray());
            for (int at = group.First; at < group.First + group.Count; at++, pair++)
            {
                Assert.Equal((all.Terms[at], all.Weights[at]), (frame.Terms[pair], frame.Weights[pair]));
                Assert.Equal(test.Row(all.Tokens[at]), frame.Input.Slice(frame.PairRows[pair] * TestCall.Hidden, TestCall.Hidden));
            }
        }

        Assert.Equal(frame.Pairs, pair);
    }
}
