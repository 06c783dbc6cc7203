using System.Threading.Channels;
using DaprMoE.Inference;

namespace DaprMoE.Gateway.Tests;

/// <summary>The engine's side of one sequence.</summary>
internal sealed class FakeSequence
{
    private readonly Channel<GenerationStep> _steps = Channel.CreateUnbounded<GenerationStep>();
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeSequence(GenerationRequest request)
    {
        Request = request;
        Generation = new Generation(request.Prompt.Count, _steps.Reader.ReadAllAsync, Cancel);
    }

    public GenerationRequest Request { get; }

    public Generation Generation { get; }

    /// <summary>Ends when the caller left.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>Hands out tokens, as many as were asked for, and the reason.</summary>
    public void Play(IReadOnlyList<int> tokens)
    {
        foreach (int token in tokens.Take(Request.MaxTokens))
        {
            Push(token);
        }

        End(tokens.Count < Request.MaxTokens ? FinishReason.Stop : FinishReason.Length);
    }

    public void Push(int token) => Assert.True(_steps.Writer.TryWrite(new GenerationStep(token, null)));

    public void End(FinishReason reason)
    {
        if (_steps.Writer.TryWrite(new GenerationStep(-1, reason)))
        {
            _steps.Writer.Complete();
        }
    }

    private void Cancel()
    {
        End(FinishReason.Cancelled);
        _cancelled.TrySetResult();
    }
}
