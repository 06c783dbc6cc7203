using System.Text;
using Microsoft.AspNetCore.Components;

namespace DaprMoE.Dashboard;

/// <summary>A conversation with the served model.</summary>
public sealed partial class ChatPanel
{
    private const int MaxLength = 4000;

    // The oldest are forgotten: a page that is left open must not grow, nor must the prompt outgrow the context.
    private const int MostTurns = 20;

    // Faster than this nobody reads, and each rendering is a message to the browser.
    private static readonly TimeSpan RenderPeriod = TimeSpan.FromMilliseconds(100);

    private readonly List<ChatTurn> _turns = [];
    private readonly StringBuilder _answer = new();
    private CancellationTokenSource? _answering;
    private string _text = "";
    private string? _fault;

    /// <summary>Why the model can't chat; null when it can.</summary>
    [Parameter]
    public string? Refusal { get; set; }

    private bool IsAnswering => _answering is not null;

    /// <inheritdoc/>
    public void Dispose() => _answering?.Cancel();

    private async Task SendAsync()
    {
        string text = _text.Trim();
        if (text.Length == 0 || IsAnswering)
        {
            return;
        }

        _text = "";
        _fault = null;
        Add(new ChatTurn(ChatTurn.User, text));
        using CancellationTokenSource answering = new();
        _answering = answering;
        Task rendering = RenderAsync(answering.Token);
        try
        {
            await foreach (string piece in Source.AnswerAsync([.. _turns], answering.Token))
            {
                _answer.Append(piece);
            }
        }
        catch (ChatRefusedException refused)
        {
            _fault = refused.Message;
        }
        catch (OperationCanceledException)
        {
            // The viewer stopped it; what has come stays.
        }
        finally
        {
            _answering = null;
            KeepAnswer();
            await answering.CancelAsync();
            await rendering;
        }
    }

    private async Task RenderAsync(CancellationToken answered)
    {
        using PeriodicTimer timer = new(RenderPeriod, Clock);
        StateHasChanged();
        try
        {
            int shown = 0;
            while (await timer.WaitForNextTickAsync(answered))
            {
                if (_answer.Length != shown)
                {
                    shown = _answer.Length;
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The answer is complete, and shown as such.
        }
    }

    private void KeepAnswer()
    {
        if (_answer.Length > 0)
        {
            Add(new ChatTurn(ChatTurn.Assistant, _answer.ToString()));
            _answer.Clear();
        }
    }

    private void Add(ChatTurn turn)
    {
        _turns.Add(turn);
        if (_turns.Count > MostTurns)
        {
            // A question and its answer go together.
            _turns.RemoveRange(0, 2);
        }
    }

    private void Stop() => _answering?.Cancel();

    private void Clear()
    {
        Stop();
        _turns.Clear();
        _fault = null;
    }
}
