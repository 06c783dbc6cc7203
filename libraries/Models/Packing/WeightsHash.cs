using System.IO.Hashing;
using System.Text;

namespace DaprMoE.Models;

/// <summary>
/// A hash of the weights by name, dtype, shape and content: the same for the same model, however it is cut into files,
/// wherever and whenever. XxHash128 tells models apart at the speed of memory; it is no protection against somebody who forges weights.
/// </summary>
internal sealed class WeightsHash
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, string> _tensors = new(StringComparer.Ordinal);

    /// <summary>A text of the same length.</summary>
    public static string Placeholder { get; } = new('0', 2 * 16);

    /// <summary>Adds a tensor, once each.</summary>
    public void Add(SafetensorsTensor tensor, XxHash128 content)
    {
        string line = $"{tensor.Name} {tensor.Type.Name()} {tensor.ShapeText} {Convert.ToHexStringLower(content.GetCurrentHash())}\n";
        lock (_lock)
        {
            _tensors[tensor.Name] = line;
        }
    }

    /// <summary>The hash over all tensors in the order of their names.</summary>
    public string Finish() => Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Concat(_tensors.Values))));
}
