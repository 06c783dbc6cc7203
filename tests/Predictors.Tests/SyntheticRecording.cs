using DaprMoE.Models;

namespace DaprMoE.Predictors.Tests;

/// <summary>
/// Recordings that never ran: a token has a direction of its own, which each layer blurs; the model's real gates choose. So layers forecast
/// one another and tokens forecast experts, as in a real model.
/// </summary>
internal static class SyntheticRecording
{
    public static readonly string[] Topics = ["red", "blue", "green"];

    public static Recording Of(PackedModel model, int prompts, int tokensPerPrompt = 24, int seed = 1)
    {
        MoeShape shape = MoeShape.Of(model);
        Random random = new(seed);
        RecordedPrompt[] entries = [.. Enumerable.Range(0, prompts)
            .Select(i => new RecordedPrompt(i, Topics[i % Topics.Length], i * tokensPerPrompt, tokensPerPrompt, tokensPerPrompt / 2))];
        RecordedRows rows = RecordedRows.For(shape, prompts * tokensPerPrompt);
        float[][] directions = [.. Enumerable.Range(0, shape.VocabularySize).Select(_ => Noise(random, shape.HiddenSize, 1))];
        for (int row = 0; row < rows.TokenIds.Length; row++)
        {
            rows.TokenIds[row] = random.Next(shape.VocabularySize);
            float[] state = [.. directions[rows.TokenIds[row]]];
            for (int index = 0; index < shape.Layers.Count; index++)
            {
                float[] noise = Noise(random, state.Length, 0.3f);
                for (int i = 0; i < state.Length; i++)
                {
                    state[i] += noise[i];
                }

                BrainFloat.Round(state, rows.GateInputs[index].AsSpan(row * state.Length, state.Length));
            }
        }

        for (int index = 0; index < shape.Layers.Count; index++)
        {
            Choose(model, shape, rows, index);
        }

        return Recording.Of(shape, entries, rows);
    }

    private static void Choose(PackedModel model, MoeShape shape, RecordedRows rows, int index)
    {
        MoeLayerShape layer = shape.Layers[index];
        using TrainingRows inputs = new(rows.GateInputs[index], shape.HiddenSize);
        float[] shares = GateTargets.Full(model, layer.Layer, inputs);
        for (int row = 0; row < rows.TokenIds.Length; row++)
        {
            LargestShares.Take(
                shares.AsSpan(row * layer.Experts, layer.Experts), rows.Choices[index].AsSpan(row * layer.TopK, layer.TopK));
        }
    }

    private static float[] Noise(Random random, int count, float size) =>
        [.. Enumerable.Range(0, count).Select(_ => size * ((random.NextSingle() * 2) - 1))];
}
