using DaprMoE.Scheduling;

namespace DaprMoE.Dispatch.Tests;

public sealed class WarmUpSenderTests
{
    private readonly FakeControl _control = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAsk_WishesOfOneDevice_GoTogetherAndInOrder()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _control.Gate = gate.Task;
        await using WarmUpSender sender = new(_control, TimeProvider.System);
        Assert.True(sender.TryAsk(0, Id(0)));
        await Until(() => _control.Wishes.Count == 1);
        Assert.True(sender.TryAsk(1, Id(1)));
        Assert.True(sender.TryAsk(1, Id(2)));
        Assert.True(sender.TryCancel(1, Id(1)));
        Assert.True(sender.TryAsk(0, Id(3)));
        gate.SetResult();
        await Until(() => _control.Wishes.Count == 4);
        Assert.Equal(["+0: L0.E0.R0", "+1: L0.E1.R0 L0.E2.R0", "-1: L0.E1.R0", "+0: L0.E3.R0"], _control.Wishes);
        await Until(() => sender.Asked == 4);
        Assert.Equal((0, 0), (sender.Refused, sender.Dropped));
    }

    [Fact]
    public async Task TryAsk_DeviceRefusesOrFails_IsCountedAndNothingElse()
    {
        await using WarmUpSender sender = new(_control, TimeProvider.System);
        _control.Refusals = ["no-room"];
        sender.TryAsk(0, Id(0));
        await Until(() => sender.Refused == 1);
        _control.Fails = true;
        sender.TryAsk(0, Id(1));
        await Until(() => sender.Refused == 2);
        _control.Fails = false;
        _control.Refusals = [];
        sender.TryAsk(0, Id(2));
        await Until(() => _control.Wishes.Count == 3);
    }

    [Fact]
    public async Task TryAsk_ControlThatHangs_IsBoundedAndAllocatesNothing()
    {
        _control.Gate = new TaskCompletionSource().Task;
        await using WarmUpSender sender = new(_control, TimeProvider.System);
        while (sender.TryAsk(0, Id(0)))
        {
            Cancel.ThrowIfCancellationRequested();
        }

        Assert.True(sender.Dropped > 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        sender.TryAsk(0, Id(1));
        sender.TryCancel(0, Id(1));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task TryAsk_ReaderThatWaits_AllocatesNothing()
    {
        await using WarmUpSender sender = new(_control, TimeProvider.System);
        long allocated = 0;
        for (int i = 0; i < 40; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            sender.TryAsk(0, Id(i));
            // The first wishes grow the channel's ring.
            allocated += i < 20 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
            int sent = i + 1;
            await Until(() => sender.Asked == sent);
        }

        Assert.Equal(0, allocated);
    }

    private static ReplicaId Id(int expert) => new(new ExpertId(0, expert), 0);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            Cancel.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
