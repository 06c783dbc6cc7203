namespace DaprMoE.Inference.Tests;

public sealed class TokenMailboxTests
{
    [Fact]
    public async Task ReadAll_WriterOnAnotherThread_GetsEveryTokenInOrderAndTheEnd()
    {
        const int Count = 200_000;
        int[] tokens = [-7, .. Enumerable.Range(0, Count)];
        TokenMailbox mailbox = new(tokens, first: 1);
        Thread writer = new(() =>
        {
            for (int i = 0; i < Count; i++)
            {
                mailbox.Publish();
                Thread.SpinWait(i % 97);
            }

            mailbox.Finish(FinishReason.Length);
        });
        writer.Start();
        int read = 0;
        await foreach (GenerationStep step in mailbox.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(read < Count ? new GenerationStep(read, null) : new GenerationStep(-1, FinishReason.Length), step);
            read++;
        }

        Assert.Equal(Count + 1, read);
    }

    [Fact]
    public async Task ReadAll_CancelledWhileWaiting_Ends()
    {
        TokenMailbox mailbox = new([1, 2], first: 0);
        using CancellationTokenSource cancel = new();
        mailbox.Publish();
        await using IAsyncEnumerator<GenerationStep> steps = mailbox.ReadAllAsync(cancel.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await steps.MoveNextAsync());
        ValueTask<bool> waiting = steps.MoveNextAsync();
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.AsTask());
    }

    [Fact]
    public void Publish_NobodyReads_AllocatesNothing()
    {
        TokenMailbox mailbox = new(new int[1000], first: 0);
        mailbox.Publish();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i < 1000; i++)
        {
            mailbox.Publish();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
