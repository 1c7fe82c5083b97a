/** How sure a name is, from 0 to 1, by the target it is a name of. Names are compact: no case, no `_`, no spaces. */
type Names = readonly (readonly [certainty: number, names: string])[]

/** Names of the fields of an order on platforms, in ERP exports and in pinyin abbreviations. */
export const orderNames: Readonly<Record<string, Names>> = {
  orderId: [
    [
      1,
      'tid tidstr ordersn orderid orderno ordernumber orderidstr orderidstring orderbn shoporderid tradeno tradeid',
    ],
    [
      1,
      '订单号 订单编号 订单id 订单编码 平台订单号 网店订单号 主订单编号 主订单号 线上订单号 外部订单号 原始单号 交易号 交易编号 ddh ddbh dingdanhao dingdanbianhao',
    ],
    [
      0.9,
      'idofstr porderid oid outorderno sourceorderid salesorderno so soid invoiceno 单号 单据编号 单据号 销售单号 流水号 订单流水号 来源单号',
    ],
    [0.75, 'billno number docno 编号 no'],
    [0.5, 'id sn'],
  ],
  order_customer_name: [
    [
      1,
      'receivername receiver consignee consigneename recipient recipientname postreceiver tofullname shiptoname receiverfullname 收货人 收件人 收货人姓名 收件人姓名 收货人名称 收件人名称 shr shouhuoren sjr shoujianren shrxm',
    ],
    [
      0.85,
      'receivernamemask maskpostreceiver fullname contactname contactperson customername linkman 联系人 联系人姓名 姓名 客户姓名 顾客姓名 lxr xingming',
    ],
    [0.75, 'username buyername customer contact 客户名称 买家姓名 客户 顾客 购买人'],
    [0.5, 'name encryptpostreceiver'],
    [0.45, 'buyernick buyerid customerid buyer 买家 买家昵称 会员名 买家会员名 买家账号 khmc'],
  ],
  phone: [
    [
      1,
      'receivermobile receiverphone receivertel receivertelephone posttel tomobile consigneemobile consigneephone consigneetel telnumber recipientphone 收货人手机 收货人手机号 收货人电话 收件人手机 收件人手机号 收件人电话 收货电话 收货手机 收件电话 手机号 手机号码 手机 sjh sjhm shouji shoujihao shoujihaoma',
    ],
    [
      0.92,
      'mobile phone mobilephone cellphone phonenumber mobileno phoneno contactphone contactmobile contacttel 联系电话 联系方式 联系手机 lxdh lianxidianhua lianxifangshi',
    ],
    [
      0.85,
      'receiverphonemask maskposttel buyermobile buyerphone customerphone customermobile tophone 电话 电话号码 买家手机 买家电话 客户手机 客户电话 dianhua',
    ],
    [0.75, 'tel telephone 固定电话 座机'],
    [0.5, 'encryptposttel'],
  ],
  address: [
    [
      0.9,
      'fulladdress toarea receiverfulladdress 完整地址 收货地址 收件地址 收货人地址 收件人地址 送货地址 配送地址 寄送地址 客户地址 shdz shouhuodizhi',
    ],
    [0.85, 'address addr receiveraddress shippingaddress deliveryaddress shipto 地址 dizhi'],
    [0.6, 'addressmask maskaddress'],
  ],
  'address.province': [
    [
      1,
      'province provincename receiverstate receiverprovince provname 省 省份 收货省 收货省份 收件省份 收货人省份 收件人省 收货人省 所在省 sheng shengfen shf',
    ],
    [0.8, 'state prov region 省市'],
  ],
  'address.city': [
    [
      1,
      'city cityname receivercity 市 城市 收货市 收货城市 收件城市 收货人城市 收件人市 收货人市 所在市 地市 chengshi shi',
    ],
  ],
  'address.district': [
    [
      1,
      'district districtname receiverdistrict county countyname receivercounty 区 区县 县区 区县名 收货区 收货区县 收件区县 收货人地区 收货人区县 收件人区 收货人区 县 区域 quxian qx',
    ],
    [0.8, 'area areaname receiverarea town townname 地区'],
  ],
  'address.detail': [
    [
      1,
      'receiveraddress detail detailinfo detailaddress addressdetail receiverdetailaddress receiveraddressdetail 详细地址 收货详细地址 收货人详细地址 收件人详细地址 收货地址 收件地址 收货人地址 收件人地址 街道地址 xxdz xiangxidizhi shdz',
    ],
    [0.88, 'address addr addressline addressline1 address1 street streetaddress 地址 dizhi'],
    [0.8, 'receiveraddressmask addressdetailmask'],
    [0.55, 'fulladdress toarea encryptdetail'],
  ],
  paidFen: [
    [
      1,
      'payment payamount orderpayment paidamount actualpay actualpayment actualamount realpay realpayamount paidfee payfee payableamount 实付 实付金额 实付款 实付总额 实收 实收金额 实收款 支付金额 付款金额 买家实付 买家实付金额 买家实付款 实际支付 实际支付金额 实际付款 sfje shifujine shifu',
    ],
    [
      0.85,
      'paid orderprice totalpay finalamount finalprice settleamount 订单实付 订单实付金额 应付金额 应收金额 结算金额',
    ],
    [
      0.72,
      'totalamount orderamount ordertotal total totalprice grandtotal 订单金额 订单总额 总金额 总价 合计 合计金额 订单总价 总计 zje',
    ],
    [0.6, 'totalfee amount ordertotalprice 金额 sumamount sumproductpayment'],
  ],
  orderedAt: [
    [
      1,
      'created createtime createdtime createdat ordertime ordercreatetime orderstarttime orderdate orderedat placedat gmtcreate xdsj xiadanshijian 下单时间 下单日期 订单时间 订单创建时间 创建时间 拍下时间 拍单时间 订购时间 订单日期 订单生成时间',
    ],
    [
      0.85,
      'addtime tradetime tradecreatetime invoicedate createdate creationdate 建单时间 制单时间 交易时间 成交时间 提交时间 开单日期 单据日期 销售日期 业务日期',
    ],
    [0.6, 'date time datetime 日期 时间 riqi'],
  ],
  paidAt: [
    [
      1,
      'paytime paidat paidtime paymenttime paymentconfirmtime paydate gmtpayment paidon zfsj fksj fukuanshijian zhifushijian 付款时间 支付时间 付款日期 支付日期 买家付款时间',
    ],
    [0.6, 'prepaytime confirmtime successtime'],
  ],
  modifiedAt: [
    [
      1,
      'modified modifiedtime modifiedat modifytime updatetime updatedtime updatedat lastmodified lastupdatetime gmtmodified xgsj gxsj 更新时间 修改时间 最后修改时间 最后更新时间',
    ],
  ],
  urgent: [
    [1, 'urgent isurgent urgentflag rush isrush expedite 加急 是否加急 急单 紧急 是否紧急 jiaji jiajisf'],
  ],
  buyerNote: [
    [
      1,
      'buyermessage buyermemo buyerwords buyernote buyerremark buyercomment customernotes customernote customerremark usernote 买家留言 买家备注 客户留言 客户备注 留言 顾客留言 用户备注 订单留言 mjly liuyan',
    ],
    [0.85, 'orderremark message buyerfeedback postscript 附言'],
    [0.5, 'comment note'],
  ],
  sellerNote: [
    [
      1,
      'sellermemo sellerwords sellernote sellerremark merchantnotes merchantnote merchantremark venderremark shopremark 卖家备注 商家备注 客服备注 商家留言 内部备注 mjbz beizhu',
    ],
    [0.8, 'remark memo tradememo csremark 备注 订单备注 说明 bz'],
  ],
  status: [
    [1, 'orderstatus status orderstate tradestatus 订单状态 交易状态 平台状态 单据状态 状态 ddzt zhuangtai'],
    [0.85, 'orderstatusdesc statusdesc statusname statustext state mainstatus orderstatusname'],
  ],
  shop: [
    [
      0.95,
      'shopname storename sellernick shoptitle 店铺 店铺名 店铺名称 网店 网店名称 门店 门店名称 dpmc dianpu',
    ],
    [0.6, 'shop store shopnick mallname'],
  ],
  channel: [
    [
      0.9,
      'channel platform platformname sourceplatform 渠道 平台 销售平台 来源平台 销售渠道 平台名称 订单来源 来源 pingtai qudao',
    ],
  ],
}

/** Names of the fields of one entry of the item list. */
export const itemNames: Readonly<Record<string, Names>> = {
  sku: [
    [
      1,
      'outerskuid outskuid skucode sellersku merchantsku outersku itemcode stockcode productcode goodscode erpcode specno specid 商家编码 规格编码 sku编码 规格商家编码 sku商家编码 sjbm',
    ],
    [
      0.95,
      'sku outerid code skuno goodsno goodssn materialcode itemno 商品编码 货品编码 货号 商品货号 物料编码 物料编号 存货编码 货品编号 商品编号 产品编码 产品编号 spbm huohao 外部编码',
    ],
    [0.85, 'cargonumber skunick outeriid productno partno 款号 编码 编号 bianma'],
    [0.7, 'skuid outproductid outergoodsid productcargonumber barcode upc 条码 商品条码 国际条码 sku规格'],
    [0.5, 'goodsid productid itemid numiid wareid id'],
  ],
  title: [
    [
      1,
      'title goodsname productname skuname itemname itemtitle producttitle goodstitle waretitle warename 商品名称 商品标题 宝贝标题 宝贝名称 货品名称 品名 产品名称 物料名称 存货名称 商品名 spmc',
    ],
    [0.8, 'name description 名称 商品 品名规格 标题 mingcheng'],
  ],
  quantity: [
    [
      1,
      'num quantity qty itemnum goodscount goodsnum skucnt skunum productcount productnum buynum buycount itemcount itemquantity purchasequantity orderqty 数量 购买数量 商品数量 订购数量 件数 宝贝数量 销售数量 下单数量 订货数量 sl shuliang gmsl',
    ],
    [0.8, 'count itemtotal cnt number pcs nums 个数 数目'],
  ],
  unitPriceFen: [
    [
      1,
      'price unitprice goodsprice skuprice itemprice productprice jdprice 单价 商品单价 销售单价 商品价格 成交单价 含税单价 dj danjia',
    ],
    [0.85, 'saleprice sellprice salesprice sellingprice 价格 售价 销售价 jiage'],
    [0.7, 'originamount originprice originalprice unitamount 原价 商品原价'],
    [0.45, 'marketprice costprice'],
  ],
  paidFen: [
    [
      1,
      'divideorderfee payamount payment realprice paidamount itemamount actualamount dividedamount 实付 实付金额 商品实付 分摊金额 实收金额 分摊后金额 买家实付 实付款 sfje',
    ],
    [0.9, 'subtotal linetotal lineamount totalprice 小计 行金额 小计金额 商品小计 商品总价 xj xiaoji'],
    [0.72, 'amount totalamount sumamount totalfee 金额 总价 合计 jine'],
    [0.6, 'orderamount estimateprice'],
  ],
}

/** What a list of items is called. */
export const LIST_NAME =
  /item|order|sku|goods|product|detail|line|row|ware|明细|商品|货品|行|列表|子订单|宝贝|mingxi|shangpin/i
/** Lists that hold items of something else. */
export const OTHER_LIST =
  /logist|deliver|package|parcel|ship|promotion|coupon|discount|gift|refund|after_?sale|inventory|tag|invoice|share|phase|waybill|card|term|物流|优惠|赠品|退|发票|包裹/i
/** Parts of a document where a field of the order's name means something else. */
export const OTHER_PART =
  /logist|package|parcel|promotion|coupon|refund|after_?sale|invoice|share|phase|commission|settle|waybill|sender|term|物流|优惠|退款|发票|寄件|发件/i
/** Names that say the value is of somebody else, or something else. */
export const OTHER_NAME =
  /virtual|sender|shipper|寄件|发件|freight|post_?(?:fee|amount)|运费|邮费|discount|promotion|coupon|优惠|折扣|refund|退款|commission|佣金|tax_|税额|adjust|cancel|finish|expire|after_?sale|expect|last_?ship|estimate_?ship|warehouse|仓/i

/** Words that stand before a name and leave it what it is, by what is named: `delivery_province`, 宝贝总数量. */
export const BEFORE = {
  buyer:
    /^(?:receiver|receive|recipient|consignee|delivery|shipping|shipto|buyer|customer|to|收货人?|收件人?|买家|客户)/,
  order: /^(?:order|trade|total|订单|买家(?=实|应|付))/,
  item: /^(?:sku|goods|product|item|order|total|sub|宝贝|商品|货品|产品|子订单)?(?:total|总)?/,
} as const

/** A name as it is compared: `Receiver_Name`, `receiverName` and `receiver name` are one. */
export function compact(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[((【[].*$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** How sure each target is for a name, by target. Made once. */
export function certainties(
  names: Readonly<Record<string, Names>>,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  return new Map(
    Object.entries(names).map(([target, list]) => [
      target,
      new Map(
        list
          .toReversed()
          .flatMap(([certainty, words]) => words.split(' ').map(word => [word, certainty] as const)),
      ),
    ]),
  )
}
