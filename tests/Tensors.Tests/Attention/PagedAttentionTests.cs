namespace DaprMoE.Tensors.Tests;

public unsafe class PagedAttentionTests
{
    public static TheoryData<int, int, int> Shapes() => new()
    {
        { 4, 2, 20 }, { 3, 3, 16 }, { 16, 4, 64 }, { 8, 1, 33 }, { 2, 1, 256 }, { 13, 1, 7 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyShape_IsCloseToTheFormula(int heads, int kvHeads, int headSize)
    {
        var scenario = new AttentionScenario(heads, kvHeads, headSize, [150, 1, 40]);
        var expected = scenario.Reference();
        var actual = scenario.Run(workers: 2, VectorWidths.Best, chunk: 512, together: true);
        for (var i = 0; i < expected.Length; i++)
        {
            // Scores are sums of up to 256 products and reach 5: each, and so each weight, is off by up to about 2e-6 of its size.
            Assert.Equal(expected[i], actual[i], 4e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyChunkBatchThreadsAndWidth_SameBits(int heads, int kvHeads, int headSize)
    {
        var scenario = new AttentionScenario(heads, kvHeads, headSize, [150, 1, 40, 33]);
        var expected = scenario.Run(workers: 1, VectorWidth.Bits512, chunk: 512, together: false);
        foreach (var width in Enum.GetValues<VectorWidth>())
        {
            foreach (var chunk in (int[])[1, 2, 7, 32, 33, 50, 512])
            {
                foreach (var workers in (int[])[1, 3])
                {
                    var actual = scenario.Run(workers, width, chunk, together: workers == 3);
                    BitAssert.Equal(expected, actual, $"{width}, chunks of {chunk}, {workers} workers");
                }
            }
        }
    }

    [Fact]
    public void Store_OneByOne_EqualsStoringRows()
    {
        using var pool = new WorkerPool(2);
        using var attention = new PagedAttention(pool, 6, 3, 20, 1);
        var keys = Samples.Floats(25 * 60, seed: 1);
        var values = Samples.Floats(25 * 60, seed: 2);
        var bytes = attention.Layout.BlockFloats * sizeof(float);
        using var single = new NativeBuffer(bytes);
        using var rows = new NativeBuffer(bytes);
        var table = stackalloc int[1];
        fixed (float* k = keys, v = values)
        {
            for (var row = 0; row < 25; row++)
            {
                attention.Store(single.Floats, 5 + row, k + (row * 60), v + (row * 60));
            }

            attention.Store(
                k, 60, v, 60, rows.Floats, [new AttentionSequence { FirstRow = 0, Rows = 25, FirstPosition = 5, Blocks = table }]);
        }

        BitAssert.Equal(
            new Span<float>(single.Floats, (int)attention.Layout.BlockFloats),
            new Span<float>(rows.Floats, (int)attention.Layout.BlockFloats),
            "block");
    }

    [Fact]
    public void Run_HugeScores_StayFinite()
    {
        using var pool = new WorkerPool(1);
        using var attention = new PagedAttention(pool, 1, 1, 1, scale: 1e4f);
        using var memory = new NativeBuffer(2 * attention.Layout.BlockFloats * sizeof(float));
        var blocks = stackalloc int[2] { 1, 0 };
        AttentionSequence[] sequences = [new AttentionSequence { FirstRow = 0, Rows = 40, FirstPosition = 0, Blocks = blocks }];
        var keys = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? -1e3f - i : 1e3f + i).ToArray();
        var output = new float[40];
        fixed (float* k = keys, o = output)
        {
            attention.Store(k, 1, k, 1, memory.Floats, sequences);
            attention.Run(k, 1, o, 1, memory.Floats, sequences);
        }

        // The score of position j for row i is far above all others where key j is the largest multiple of key i: a maximum, not a mean.
        Assert.Equal(-1038, output[38]);
        Assert.Equal(1039, output[39]);
    }

    [Fact]
    public void Run_NoSequences_DoesNothing()
    {
        using var pool = new WorkerPool(2);
        using var attention = new PagedAttention(pool, 2, 1, 16, 1);
        attention.Run(null, 0, null, 0, null, []);
        attention.Run(null, 0, null, 0, null, [new AttentionSequence { FirstRow = 0, Rows = 0, FirstPosition = 9, Blocks = null }]);
    }

    [Fact]
    public void Constructor_HeadsThatDoNotDivide_SaysBoth()
    {
        using var pool = new WorkerPool(1);
        var error = Assert.Throws<ArgumentException>(() => new PagedAttention(pool, 6, 4, 16, 1));
        Assert.Contains("6 query heads can't share 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PagedAttention(pool, 4, 4, 257, 1));
    }

    [Fact]
    public void Run_Repeated_AllocatesNothing()
    {
        using var pool = new WorkerPool(2);
        using var attention = new PagedAttention(pool, 4, 2, 20, 1);
        using var memory = new NativeBuffer(attention.Layout.BlockFloats * sizeof(float));
        var blocks = stackalloc int[1] { 0 };
        AttentionSequence[] sequences = [new AttentionSequence { FirstRow = 0, Rows = 20, FirstPosition = 0, Blocks = blocks }];
        var rows = new float[20 * 80];
        fixed (float* x = rows)
        {
            Step(attention, x, memory, sequences);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                Step(attention, x, memory, sequences);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    private static void Step(PagedAttention attention, float* x, NativeBuffer memory, AttentionSequence[] sequences)
    {
        attention.Store(x, 40, x, 40, memory.Floats, sequences);
        attention.Run(x, 80, x, 80, memory.Floats, sequences);
    }
}
