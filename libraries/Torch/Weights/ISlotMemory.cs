using static TorchSharp.torch;

namespace DaprMoE.Torch;

/// <summary>The memory of one expert: allocated once, filled again and again, given back when it is disposed.</summary>
internal interface ISlotMemory : IDisposable
{
    /// <summary>The memory as values in a row, in the backend's format.</summary>
    Tensor Values { get; }
}
