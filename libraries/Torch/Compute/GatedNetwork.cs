using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>One expert's network into tensors that exist already: with beta 0, addmm_ overwrites whatever its tensor held.</summary>
internal static class GatedNetwork
{
    /// <param name="expert">The weights.</param>
    /// <param name="input">[n, H].</param>
    /// <param name="gate">Room for [n, F].</param>
    /// <param name="up">Room for [n, F].</param>
    /// <param name="output">Receives [n, H].</param>
    public static void Run(LoadedExpert expert, Tensor input, Tensor gate, Tensor up, Tensor output)
    {
        gate.addmm_(input, expert.Gate, beta: 0, alpha: 1);
        up.addmm_(input, expert.Up, beta: 0, alpha: 1);
        gate.silu_();
        gate.mul_(up);
        output.addmm_(gate, expert.Down, beta: 0, alpha: 1);
    }
}
