using System.Globalization;

namespace DaprMoE.Predictors;

/// <summary>Names of the tensors in a file of predictors. Numbers count MoE layers from 0.</summary>
internal static class TensorNames
{
    public const string TableTokens = "table.tokens";

    public static string Gate(LayerPair pair) => string.Create(CultureInfo.InvariantCulture, $"{pair.Source}-{pair.Target}.gate");

    public static string Mlp(LayerPair pair) => string.Create(CultureInfo.InvariantCulture, $"{pair.Source}-{pair.Target}.mlp");

    public static string Weight(string network, int layer) => string.Create(CultureInfo.InvariantCulture, $"{network}.{layer}.weight");

    public static string Bias(string network, int layer) => string.Create(CultureInfo.InvariantCulture, $"{network}.{layer}.bias");

    public static string Table(int index) => string.Create(CultureInfo.InvariantCulture, $"table.{index}");
}
