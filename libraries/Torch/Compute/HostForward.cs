using DaprMoE.Experts;
using DaprMoE.Tensors;
using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>
/// Experts on the processor's cores: each worker takes tiles and computes them with one thread of torch. Torch's own team of threads gains
/// nothing on so few rows, and its barriers suffer whenever another process has the cores.
/// </summary>
internal sealed unsafe class HostForward : IGroupedForward
{
    private readonly WorkerPool _workers;
    private readonly RowTiles _tiles;
    private readonly TileScratch[] _scratch;
    private readonly int _hidden;

    /// <param name="workers">The threads; their caller is the thread that calls <see cref="Run"/>.</param>
    /// <param name="type">The format that is computed in.</param>
    /// <param name="hidden">Width H of a row.</param>
    /// <param name="ffn">The largest width F of a gated product.</param>
    public HostForward(WorkerPool workers, DType type, int hidden, int ffn)
    {
        _workers = workers;
        _hidden = hidden;
        _tiles = new RowTiles(workers.Workers);
        _scratch = new TileScratch[workers.Workers];
        try
        {
            for (int worker = 0; worker < _scratch.Length; worker++)
            {
                _scratch[worker] = new TileScratch(type, hidden, ffn);
            }
        }
        catch
        {
            // Memory may end in the middle.
            Dispose();
            throw;
        }
    }

    public void Run(in ExpertWork work, LoadedExpert[] experts)
    {
        _tiles.Cut(work.Groups);
        fixed (float* input = work.Input)
        fixed (float* output = work.Output)
        fixed (int* rows = work.Rows)
        {
            TileJob job = new() { Forward = this, Experts = experts, Input = input, Rows = rows, Output = output };
            if (_tiles.All.Length == 1)
            {
                job.Execute(0, 1);
            }
            else
            {
                _workers.Run(ref job);
            }
        }
    }

    public void Dispose() => Array.ForEach(_scratch, static scratch => scratch?.Dispose());

    private void Compute(RowTile tile, LoadedExpert expert, in TileJob job, TileScratch scratch)
    {
        for (int row = 0; row < tile.Count; row++)
        {
            float* source = job.Input + ((long)job.Rows[tile.First + row] * _hidden);
            new ReadOnlySpan<float>(source, _hidden).CopyTo(new Span<float>(scratch.RowValues + ((long)row * _hidden), _hidden));
        }

        long ffn = expert.Down.size(0);
        using Tensor input = scratch.Input.Rows(0, tile.Count);
        using Tensor gate = scratch.Gate.Matrix(0, tile.Count, ffn);
        using Tensor up = scratch.Up.Matrix(0, tile.Count, ffn);
        using Tensor output = ForeignMemory.Matrix(job.Output + ((long)tile.First * _hidden), DType.F32, tile.Count, _hidden);
        if (scratch.Output is null)
        {
            GatedNetwork.Run(expert, input, gate, up, output);
            return;
        }

        using Tensor rows = scratch.Rows.Rows(0, tile.Count);
        using Tensor result = scratch.Output.Rows(0, tile.Count);
        input.copy_(rows);
        GatedNetwork.Run(expert, input, gate, up, result);
        output.copy_(result);
    }

    private struct TileJob : IWorkerJob
    {
        public HostForward Forward;
        public LoadedExpert[] Experts;
        public float* Input;
        public int* Rows;
        public float* Output;
        private int _taken;

        public void Execute(int worker, int workers)
        {
            ReadOnlySpan<RowTile> tiles = Forward._tiles.All;
            while (Interlocked.Increment(ref _taken) - 1 is var next && next < tiles.Length)
            {
                Forward.Compute(tiles[next], Experts[tiles[next].Group], in this, Forward._scratch[worker]);
            }
        }
    }
}
