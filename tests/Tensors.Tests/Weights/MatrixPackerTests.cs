namespace DaprMoE.Tensors.Tests;

public class MatrixPackerTests
{
    [Fact]
    public void Pack_F32_PutsOutputsOfAPanelSideBySide()
    {
        var packed = new byte[PackedMatrix.BytesFor(34, 2, DType.F32)];
        var values = Enumerable.Range(0, 68).Select(i => (float)i).ToArray();
        MatrixPacker.Pack(Samples.Encode(values, DType.F32), DType.F32, 34, 2, packed);

        var floats = Samples.Decode(packed, DType.F32);
        Assert.Equal(values[2 * 5], floats[5]);
        Assert.Equal(values[(2 * 5) + 1], floats[32 + 5]);
        Assert.Equal(values[2 * 33], floats[64 + 1]);
        Assert.All(floats[66..96], padding => Assert.Equal(0, padding));
    }

    [Fact]
    public void Pack_HalfFormats_PairOutputsThatAre16Apart()
    {
        var packed = new byte[PackedMatrix.BytesFor(32, 1, DType.BF16)];
        var values = Enumerable.Range(0, 32).Select(i => (float)i).ToArray();
        MatrixPacker.Pack(Samples.Encode(values, DType.BF16), DType.BF16, 32, 1, packed);
        Assert.Equal([0f, 16, 1, 17, 2, 18], Samples.Decode(packed, DType.BF16)[..6]);
    }

    [Theory]
    [InlineData(DType.F32)]
    [InlineData(DType.BF16)]
    [InlineData(DType.F16)]
    public unsafe void Unpack_WhatWasPacked_IsTheSame(DType type)
    {
        const int Outputs = 70;
        const int Inputs = 3;
        var values = Enumerable.Range(0, Outputs * Inputs).Select(i => (i % 61) - 30f).ToArray();
        using var packed = new NativeBuffer(PackedMatrix.BytesFor(Outputs, Inputs, type));
        MatrixPacker.Pack(Samples.Encode(values, type), type, Outputs, Inputs, new Span<byte>(packed.Pointer, (int)packed.Length));

        var matrix = new PackedMatrix((nint)packed.Pointer, Outputs, Inputs, type);
        var unpacked = new float[values.Length];
        MatrixPacker.Unpack(matrix, unpacked);

        Assert.Equal(values, unpacked);
        Assert.Throws<ArgumentException>(() => MatrixPacker.Unpack(matrix, new float[5]));
    }

    [Fact]
    public void PackGateUp_AlternatesPanels()
    {
        var gate = Enumerable.Range(0, 40).Select(i => (float)i).ToArray();
        var up = gate.Select(value => -value - 1).ToArray();
        var packed = new byte[2 * PackedMatrix.BytesFor(40, 1, DType.F32)];
        MatrixPacker.PackGateUp(Samples.Encode(gate, DType.F32), Samples.Encode(up, DType.F32), DType.F32, 40, 1, packed);
        float[] expected = [.. gate[..32], .. up[..32], .. gate[32..], .. new float[24], .. up[32..], .. new float[24]];
        Assert.Equal(expected, Samples.Decode(packed, DType.F32));
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Pack_F16ThatIsNotFinite_NamesRowAndColumn(float bad)
    {
        var values = new float[40 * 3];
        values[(35 * 3) + 2] = bad;
        var packed = new byte[PackedMatrix.BytesFor(40, 3, DType.F16)];
        var error = Assert.Throws<InvalidDataException>(() =>
            MatrixPacker.Pack(Samples.Encode(values, DType.F16), DType.F16, 40, 3, packed));
        Assert.Contains("row 35, column 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_WrongLength_SaysWhatFits()
    {
        var error = Assert.Throws<ArgumentException>(() => MatrixPacker.Pack(new byte[11], DType.F32, 1, 3, new byte[384]));
        Assert.Contains("rowMajor has 11 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("12", error.Message, StringComparison.Ordinal);
    }
}
