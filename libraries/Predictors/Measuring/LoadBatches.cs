namespace DaprMoE.Predictors;

/// <summary>Held-out rows put together as a server would: in iterations whose loads are forecast.</summary>
internal static class LoadBatches
{
    /// <summary>Sequences that decode together.</summary>
    public const int DecodeSlots = 64;

    /// <summary>Prompt tokens of one prefill.</summary>
    public const int PrefillTokens = 512;

    /// <summary>Iterations of generated tokens: 64 slots, each goes on to the next prompt when its answer ends.</summary>
    public static List<int[]> Decode(IReadOnlyList<RecordedPrompt> prompts, int slots = DecodeSlots)
    {
        Queue<RecordedPrompt> waiting = new(prompts.Where(prompt => prompt.Tokens > prompt.PromptTokens));
        List<(RecordedPrompt Prompt, int Next)> running = [];
        List<int[]> batches = [];
        while (true)
        {
            running.RemoveAll(slot => slot.Next == slot.Prompt.Tokens);
            while (running.Count < slots && waiting.TryDequeue(out RecordedPrompt? prompt))
            {
                running.Add((prompt, prompt.PromptTokens));
            }

            // The last iterations, with slots that stay empty, would be of another size.
            if (running.Count < slots && (batches.Count > 0 || running.Count == 0))
            {
                return batches;
            }

            batches.Add([.. running.Select(slot => slot.Prompt.FirstRow + slot.Next)]);
            for (int i = 0; i < running.Count; i++)
            {
                running[i] = (running[i].Prompt, running[i].Next + 1);
            }
        }
    }

    /// <summary>Iterations of 512 prompt tokens, prompt after prompt.</summary>
    public static List<int[]> Prefill(IReadOnlyList<RecordedPrompt> prompts, int tokens = PrefillTokens)
    {
        int[] rows = [.. prompts.SelectMany(prompt => Enumerable.Range(prompt.FirstRow, prompt.PromptTokens))];
        List<int[]> batches = [.. rows.Chunk(tokens)];
        if (batches.Count > 1 && batches[^1].Length < tokens)
        {
            batches.RemoveAt(batches.Count - 1);
        }

        return batches;
    }
}
