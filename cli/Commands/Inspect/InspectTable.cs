using System.Globalization;

namespace DaprMoE.Cli;

/// <summary>What a checkpoint is, fact by fact.</summary>
internal static class InspectTable
{
    public static Table Of(InspectResult model)
    {
        Table table = Table.OfFacts();
        table.Add("family", model.Family);
        table.Add("parameters", $"{Quantity.Count(model.Parameters)}, {Quantity.Count(model.ActiveParameters)} active per token");
        table.Add("layers", Layers(model));
        AddExperts(table, model);
        table.Add("everything else", $"{Quantity.Bytes(model.ResidentBytes)}");
        table.Add("hidden size", Number(model.HiddenSize));
        table.Add("attention", $"{model.Heads} heads, {model.KvHeads} key/value heads, head size {model.HeadSize}");
        table.Add("vocabulary", Number(model.VocabularySize));
        table.Add("context", $"{Number(model.ContextLength)} tokens");
        table.Add("KV cache", $"{Quantity.Bytes(model.KvBytesPerToken)} per token, "
            + $"{Quantity.Bytes(model.KvBytesPerToken * model.ContextLength)} per full context");
        table.Add("stored as", string.Join(", ", model.BytesByType.Select(type => $"{type.Key} {Quantity.Bytes(type.Value)}")));
        table.Add("weight files", string.Join(", ", model.Files.Select(file => $"{file.Name} {Quantity.Bytes(file.Bytes)}")));
        table.Add("tokenizer", model.HasTokenizer ? "yes" : "no: chat, complete and serve need one");
        table.Add("chat template", model.HasChatTemplate ? "yes" : "no: chat needs one");
        if (model.IgnoredTensors.Count > 0)
        {
            table.Add("unused tensors", $"{model.IgnoredTensors.Count}, first {model.IgnoredTensors[0]}");
        }

        return table;
    }

    private static void AddExperts(Table table, InspectResult model)
    {
        if (model.Experts == 0)
        {
            table.Add("experts", "none: a dense model");
            return;
        }

        table.Add("experts", $"{model.Experts} per MoE layer, {model.TopK} per token");
        table.Add("one expert", $"{Quantity.Bytes(model.BytesPerExpert)} ({Number(model.BytesPerExpert)} bytes)");
        table.Add("all experts", Quantity.Bytes(model.TotalExpertBytes));
    }

    private static string Layers(InspectResult model) => model.MoeLayers.Count switch
    {
        0 => $"{model.Layers}, all dense",
        var moe when moe == model.Layers => $"{model.Layers}, all MoE",
        var moe => $"{model.Layers}, {moe} of them MoE ({string.Join(", ", model.MoeLayers)})",
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
